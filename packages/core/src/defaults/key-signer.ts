import { createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { keyTypeRule, type SignatureAlgorithm, signatureAlgorithm } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { KeyType, Signer } from '../ports/index.js'
import { keyInput, toArray } from './node-crypto.js'

const generate = promisify(generateKeyPair)

/** Makes a private key of `type` in memory. */
export async function generatePrivateKey(type: KeyType): Promise<KeyObject> {
  const { family, bits } = keyTypeRule(type)
  if (family === 'rsa') return (await generate('rsa', { modulusLength: bits, publicExponent: 65537 })).privateKey
  if (family === 'ecdsa') return (await generate('ec', { namedCurve: `P-${bits}` })).privateKey
  if (family === 'ed25519') return (await generate('ed25519', {})).privateKey
  return (await generate('ed448', {})).privateKey
}

/** A `Signer` over a private key in memory, with the signature algorithm that `keyTypes` pairs with its type. */
export function keyObjectSigner(privateKey: KeyObject, type: KeyType): Signer {
  const algorithm = signatureAlgorithm(keyTypeRule(type).signs)
  const publicKey = toArray(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
  return Object.freeze({
    algorithm: algorithm.name,
    publicKey,
    sign: algorithm.family === 'rsa' ? signOffLoop(privateKey, algorithm) : signNow(privateKey, algorithm),
  })
}

/** Elliptic curve signatures take tens of microseconds: less than a hop to the thread pool. */
const signNow = (key: KeyObject, algorithm: SignatureAlgorithm) => (data: Uint8Array) =>
  toArray(sign(algorithm.hash, data, keyInput(key, algorithm)))

/** RSA takes milliseconds: it runs in the thread pool. */
const signOffLoop = (key: KeyObject, algorithm: SignatureAlgorithm) => (data: Uint8Array) =>
  new Promise<Uint8Array>((resolve, reject) => {
    sign(algorithm.hash, data, keyInput(key, algorithm), (error, signature) => {
      if (error === null) resolve(toArray(signature))
      else reject(new CertwrightError('key', 'the private key could not sign', { cause: error }))
    })
  })
