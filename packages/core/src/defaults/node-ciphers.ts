import { type CipherGCM, type CipherGCMTypes, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto'
import { cipherAlgorithm, keyWrapAlgorithm } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { CipherOptions, EncryptionBackend } from '../ports/index.js'
import { toArray } from './arrays.js'
import { rc2Decrypt, rc2Encrypt } from './rc2.js'

const wrapNames = {
  'aes-128-wrap': 'id-aes128-wrap',
  'aes-192-wrap': 'id-aes192-wrap',
  'aes-256-wrap': 'id-aes256-wrap',
  'des-ede3-wrap': 'des3-wrap',
} as const

/** RFC 3394 section 2.2.3.1. The older wrap makes an initialization vector of its own. */
const wrapIv = (wrap: string) => (wrap === 'des-ede3-wrap' ? null : new Uint8Array(8).fill(0xa6))

/** Whatever was wrong, the answer is this one: what a sender may learn from an error is nothing. */
export const decryptionError = (cause?: unknown): CertwrightError =>
  new CertwrightError('decryption', 'the content cannot be decrypted with this key', { cause })

/** Content ciphers and key wrap by `node:crypto`. */
export const nodeCiphers: Pick<EncryptionBackend, 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'> = {
  encrypt(name, options, data) {
    checkLengths(name, options)
    if (name === 'rc2-cbc') return rc2Encrypt(options, data)
    if (cipherAlgorithm(name).mode === 'cbc') {
      const cipher = createCipheriv(nodeName(name), keyOf(name, options.key), options.iv)
      return join(cipher.update(data), cipher.final())
    }
    const authTagLength = options.tagLength ?? 16
    const cipher = createCipheriv(name as CipherGCMTypes, options.key, options.iv, { authTagLength }) as CipherGCM
    authenticate(cipher, options, data.length)
    const body = join(cipher.update(data), cipher.final())
    return join(body, cipher.getAuthTag())
  },

  decrypt(name, options, data) {
    checkLengths(name, options)
    try {
      if (name === 'rc2-cbc') return rc2Decrypt(options, data)
      if (cipherAlgorithm(name).mode === 'cbc') {
        const decipher = createDecipheriv(nodeName(name), keyOf(name, options.key), options.iv)
        return join(decipher.update(data), decipher.final())
      }
      return open(name, options, data)
    } catch (cause) {
      throw decryptionError(cause)
    }
  },

  wrapKey(wrap, wrappingKey, key) {
    checkWrappingKey(wrap, wrappingKey)
    const cipher = createCipheriv(wrapNames[wrap], wrappingKey, wrapIv(wrap))
    return join(cipher.update(key), cipher.final())
  },

  unwrapKey(wrap, wrappingKey, wrapped) {
    checkWrappingKey(wrap, wrappingKey)
    try {
      const decipher = createDecipheriv(wrapNames[wrap], wrappingKey, wrapIv(wrap))
      return join(decipher.update(wrapped), decipher.final())
    } catch (cause) {
      throw decryptionError(cause)
    }
  },
}

function open(name: string, options: CipherOptions, data: Uint8Array): Uint8Array {
  const authTagLength = options.tagLength ?? 16
  const split = data.length - authTagLength
  if (split < 0) throw decryptionError()
  const decipher = createDecipheriv(name as CipherGCMTypes, options.key, options.iv, { authTagLength }) as DecipherGCM
  decipher.setAuthTag(data.subarray(split))
  authenticate(decipher, options, split)
  return join(decipher.update(data.subarray(0, split)), decipher.final())
}

/** CCM has to know the length of the plaintext beforehand. */
function authenticate(cipher: CipherGCM | DecipherGCM, { additionalData }: CipherOptions, plaintextLength: number) {
  cipher.setAAD(additionalData ?? new Uint8Array(0), { plaintextLength })
}

/** OpenSSL 3 has no single DES outside its legacy provider; triple DES with one key three times is the same cipher. */
const nodeName = (name: string): string => (name === 'des-cbc' ? 'des-ede3-cbc' : name)
const keyOf = (name: string, key: Uint8Array): Uint8Array => (name === 'des-cbc' ? join(key, key, key) : key)

function checkLengths(name: Parameters<EncryptionBackend['encrypt']>[0], { key, iv }: CipherOptions): void {
  const { keyLength, ivLength, mode } = cipherAlgorithm(name)
  const keyFits = name === 'rc2-cbc' ? key.length >= 5 && key.length <= 16 : key.length === keyLength
  if (!keyFits) throw new CertwrightError('key', `a key for ${name} has ${keyLength} octets, not ${key.length}`)
  if (mode === 'cbc' && iv.length !== ivLength) {
    throw new CertwrightError('algorithm', `an initialization vector for ${name} has ${ivLength} octets`)
  }
}

function checkWrappingKey(wrap: Parameters<EncryptionBackend['wrapKey']>[0], key: Uint8Array): void {
  const { keyLength } = keyWrapAlgorithm(wrap)
  if (key.length !== keyLength) throw new CertwrightError('key', `a key for ${wrap} has ${keyLength} octets`)
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => toArray(Buffer.concat(parts))
