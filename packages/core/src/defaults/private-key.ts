import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import {
  describePublicKey,
  isSigningKeyType,
  keyTypeOf,
  keyTypeRule,
  parameterSetNamed,
  type SignatureAlgorithm,
  signatureAlgorithm,
  signingKeyTypes,
} from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { DecryptionKey, KeyType, Signer, SigningKeyType } from '../ports/index.js'
import { toArray } from './arrays.js'
import { keyInput } from './node-crypto.js'
import { keyObjectDecryptionKey } from './node-decryption-key.js'
import { parameterSetOfKey } from './post-quantum/key-form.js'
import { generatePostQuantum, openPostQuantum } from './post-quantum/private-key.js'

const generate = promisify(generateKeyPair)

/** A private key in memory, of any kind. */
export interface PrivateKey {
  readonly type: KeyType
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** DER PrivateKeyInfo (RFC 5958), in the clear. */
  pkcs8(): Uint8Array
  /**
   * Signs with this key; with the algorithm that goes with its type unless another one is given.
   *
   * @throws CertwrightError `key` when the key cannot sign, or not with this algorithm.
   */
  signer(algorithm?: SignatureAlgorithm['name']): Signer
  /**
   * Decrypts with this key.
   *
   * @throws CertwrightError `key` when the key cannot decrypt.
   */
  decryptionKey(): DecryptionKey
}

/** The types of key that software keystores make. */
export const softwareKeyTypes: ReadonlySet<SigningKeyType> = new Set(signingKeyTypes)

/** Makes a private key of `type` in memory. */
export async function generatePrivateKey(type: KeyType): Promise<PrivateKey> {
  const set = parameterSetNamed(type)
  return set === undefined ? keyObjectPrivateKey(await generateKeyObject(type), type) : generatePostQuantum(set)
}

/**
 * A private key from its DER PrivateKeyInfo.
 *
 * @throws CertwrightError `key` when it is malformed or of a kind that is not supported.
 */
export async function openPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const set = parameterSetOfKey(pkcs8)
  if (set !== undefined) return openPostQuantum(pkcs8, set)
  const key = importKeyObject(pkcs8)
  const type = keyTypeOf(describePublicKey(publicKeyOf(key)))
  if (type === undefined) throw new CertwrightError('key', 'the private key is of a type that is not supported')
  return keyObjectPrivateKey(key, type)
}

async function generateKeyObject(type: KeyType): Promise<KeyObject> {
  const { family, bits } = keyTypeRule(type)
  if (family === 'rsa') return (await generate('rsa', { modulusLength: bits, publicExponent: 65537 })).privateKey
  if (family === 'ecdsa') return (await generate('ec', { namedCurve: `P-${bits}` })).privateKey
  if (family === 'ed25519') return (await generate('ed25519', {})).privateKey
  if (family === 'ed448') return (await generate('ed448', {})).privateKey
  if (family === 'x25519') return (await generate('x25519', {})).privateKey
  if (family === 'x448') return (await generate('x448', {})).privateKey
  throw new CertwrightError('algorithm', `keys of type ${type} cannot be made here`)
}

function importKeyObject(der: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new CertwrightError('key', 'the private key is malformed or of a type that is not supported', { cause })
  }
}

const publicKeyOf = (key: KeyObject): Uint8Array =>
  toArray(createPublicKey(key).export({ format: 'der', type: 'spki' }))

function keyObjectPrivateKey(key: KeyObject, type: KeyType): PrivateKey {
  const publicKey = publicKeyOf(key)
  return Object.freeze({
    type,
    publicKey,
    pkcs8: () => toArray(key.export({ format: 'der', type: 'pkcs8' })),
    signer: (name?: SignatureAlgorithm['name']) => keyObjectSigner(key, publicKey, signingAlgorithm(type, name)),
    decryptionKey: () => keyObjectDecryptionKey(key),
  } satisfies PrivateKey)
}

/** The algorithm asked for, if keys of the type can make it, or the one that goes with the type. */
export function signingAlgorithm(type: KeyType, name?: SignatureAlgorithm['name']): SignatureAlgorithm {
  if (!isSigningKeyType(type)) throw new CertwrightError('key', `a key of type ${type} cannot sign`)
  const rule = keyTypeRule(type)
  const algorithm = signatureAlgorithm(name ?? rule.signs)
  if (algorithm.family !== rule.family || (algorithm.parameterSet ?? type) !== type) {
    throw new CertwrightError('key', `a key of type ${type} cannot sign with ${algorithm.name}`)
  }
  return algorithm
}

function keyObjectSigner(key: KeyObject, publicKey: Uint8Array, algorithm: SignatureAlgorithm): Signer {
  return Object.freeze({
    algorithm: algorithm.name,
    publicKey,
    sign: algorithm.family === 'rsa' ? signOffLoop(key, algorithm) : signNow(key, algorithm),
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
