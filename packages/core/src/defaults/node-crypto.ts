import {
  constants,
  createHmac,
  type KeyObject,
  pbkdf2,
  scrypt,
  timingSafeEqual,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import {
  type AnySignatureAlgorithm,
  hashAlgorithm,
  parameterSetNamed,
  signatureAlgorithm,
} from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { EncryptionBackend } from '../ports/index.js'
import { toArray } from './arrays.js'
import { nodeCiphers } from './node-ciphers.js'
import { nodeDigest, nodeHash } from './node-digest.js'
import { nodeKeyEncryption } from './node-key-encryption.js'
import { isNative } from './post-quantum/native.js'
import { verifyNoble } from './post-quantum/private-key.js'
import { importPublicKey } from './public-key-cache.js'

/** Hashes in a row until others have their turn: some milliseconds. */
const turn = 4096
const immediate = promisify(setImmediate)

/** Hashes, verification, key derivation and encryption by `node:crypto`: synchronous where that is fastest. */
export const nodeCrypto: EncryptionBackend = {
  digest: nodeDigest,

  createDigest(algorithm) {
    const running = nodeHash(algorithm)
    return { update: (data) => void running.update(data), digest: () => toArray(running.digest()) }
  },

  verify(name, publicKey, data, signature, options = {}) {
    const algorithm = signatureAlgorithm(name)
    const set = algorithm.parameterSet === undefined ? undefined : parameterSetNamed(algorithm.parameterSet)
    if (set !== undefined && !isNative(set)) return verifyNoble(set.name, publicKey, data, signature)
    const key = importPublicKey(publicKey)
    if (key === undefined || !isKeyFor(key, algorithm)) return false
    try {
      return verify(algorithm.hash, data, keyInput(key, algorithm, options.saltLength), signature)
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

  pbkdf2: (password, salt, { hash: name, iterations, length }) =>
    new Promise((resolve, reject) => {
      pbkdf2(password, salt, iterations, length, name, (error, key) => {
        if (error === null) resolve(toArray(key))
        else reject(new CertwrightError('configuration', 'PBKDF2 refused its parameters', { cause: error }))
      })
    }),

  hmac: (name, key, data) => toArray(createHmac(name, key).update(data).digest()),

  async digestRepeatedly(algorithm, data, iterations) {
    if (algorithm === 'shake128' || algorithm === 'shake256')
      throw new CertwrightError('algorithm', `${algorithm} is not used for derivations`)
    let digest = data
    for (let count = 0; count < iterations; count += 1) {
      digest = nodeDigest(algorithm, digest)
      if (count % turn === turn - 1) await immediate()
    }
    return digest
  },

  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),

  ...nodeCiphers,
  ...nodeKeyEncryption,
}

/** What `node:crypto` wants beside the key: padding and salt length for RSA, nothing for the others. */
export function keyInput<K extends KeyObject>(
  key: K,
  { parameters, hash: name }: AnySignatureAlgorithm,
  saltLength?: number,
): K | (VerifyKeyObjectInput & { key: K }) {
  if (parameters !== 'pss' || name === null) return key
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLength ?? hashAlgorithm(name).length }
}

/** Whether a key is of the kind that the algorithm works with. */
function isKeyFor({ asymmetricKeyType }: KeyObject, { family, parameters, parameterSet }: AnySignatureAlgorithm) {
  if (family === 'rsa') return asymmetricKeyType === 'rsa' || (asymmetricKeyType === 'rsa-pss' && parameters === 'pss')
  const type: string | undefined = asymmetricKeyType
  return type === (family === 'ecdsa' ? 'ec' : (parameterSet ?? family))
}
