import {
  constants,
  createHash,
  type KeyObject,
  scrypt,
  timingSafeEqual,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto'
import { type SignatureAlgorithm, signatureAlgorithm } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { publicKeyCache } from './public-key-cache.js'

const importPublicKey = publicKeyCache()

/** Hashes, verification and key derivation by `node:crypto`: synchronous where that is fastest. */
export const nodeCrypto: CryptoBackend = {
  digest: (algorithm, data) => toArray(createHash(algorithm).update(data).digest()),

  verify(name, publicKey, data, signature) {
    const algorithm = signatureAlgorithm(name)
    const key = importPublicKey(publicKey)
    if (key?.asymmetricKeyType !== keyObjectTypes[algorithm.family]) return false
    try {
      return verify(algorithm.hash, data, keyInput(key, algorithm), signature)
    } catch {
      return false // OpenSSL raises an error for some malformed signatures instead of answering false
    }
  },

  scrypt: (password, salt, { cost, blockSize, parallelization, length }) =>
    new Promise((resolve, reject) => {
      const maxmem = 256 * cost * blockSize + 1024 * blockSize * parallelization
      scrypt(password, salt, length, { N: cost, r: blockSize, p: parallelization, maxmem }, (error, key) => {
        if (error === null) resolve(toArray(key))
        else reject(new CertwrightError('configuration', 'scrypt refused its parameters', { cause: error }))
      })
    }),

  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
}

/** What `node:crypto` wants beside the key: padding and salt length for RSA, nothing for the others. */
export function keyInput<K extends KeyObject>(
  key: K,
  algorithm: SignatureAlgorithm,
): K | (VerifyKeyObjectInput & { key: K }) {
  if (algorithm.parameters !== 'pss') return key
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
}

/** `node:crypto` names of the key kinds, for the check that a key fits the algorithm it is used with. */
const keyObjectTypes: Readonly<Record<SignatureAlgorithm['family'], string>> = {
  rsa: 'rsa',
  ecdsa: 'ec',
  ed25519: 'ed25519',
  ed448: 'ed448',
}

/** A plain `Uint8Array` over the same memory: `Buffer` stays inside this folder. */
export const toArray = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
