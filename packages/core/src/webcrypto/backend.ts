import {
  cipherAlgorithm,
  describePublicKey,
  hashAlgorithm,
  keyWrapAlgorithm,
  signatureAlgorithm,
} from '../algorithms/index.js'
import { concatBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CipherOptions, EncryptionBackend } from '../ports/index.js'
import { fromDerSignature } from './ecdsa-signature.js'
import {
  cannotDecrypt,
  isNotSupported,
  notAvailable,
  octets,
  type Subtle,
  subtleOf,
  type WebCryptoAlgorithm,
  type WebCryptoEngine,
} from './engine.js'
import { agreementNames, hashName, signatureNames } from './names.js'

/**
 * The cryptography of a WebCrypto engine, for where `node:crypto` is not: browsers, workers, other runtimes, or keys that
 * live in an engine. It has what the engine has: SHA-1 and SHA-2, RSA, ECDSA and EdDSA, AES-CBC, AES-GCM and AES key wrap,
 * RSAES-OAEP, ECDH and X25519. Anything else is an error of code `algorithm`, never a wrong answer.
 *
 * @example
 * ```ts run
 * import { webCrypto } from '@certwright/core/webcrypto'
 *
 * const crypto = webCrypto(globalThis.crypto)
 * console.log((await crypto.digest('sha256', new Uint8Array(0))).length) // 32
 * ```
 */
export function webCrypto(engine: WebCryptoEngine): EncryptionBackend {
  const subtle = subtleOf(engine)
  const backend: EncryptionBackend = {
    digest: async (name, data) => octets(await subtle.digest(hashName(name), data)),
    createDigest(name) {
      hashName(name)
      const parts: Uint8Array[] = [] // WebCrypto hashes at once only
      return {
        update: (data) => void parts.push(data.slice()),
        digest: () => backend.digest(name, concatBytes(...parts)),
      }
    },
    verify: (...parameters) => verify(subtle, ...parameters),
    equal,
    async hmac(hash, key, data) {
      // Engines refuse an empty key; one zero octet is the same key (RFC 2104 section 2).
      const algorithm = { name: 'HMAC', hash: hashName(hash) }
      const imported = await subtle.importKey('raw', key.length === 0 ? new Uint8Array(1) : key, algorithm, false, [
        'sign',
      ])
      return octets(await subtle.sign(algorithm, imported, data))
    },
    async pbkdf2(password, salt, { hash, iterations, length }) {
      const key = await subtle.importKey('raw', password, { name: 'PBKDF2' }, false, ['deriveBits'])
      return octets(
        await subtle.deriveBits({ name: 'PBKDF2', hash: hashName(hash), salt, iterations }, key, length * 8),
      )
    },
    scrypt: () => Promise.reject(notAvailable('scrypt')),
    ...ciphers(subtle),
    ...keyEncryption(subtle),
  }
  return Object.freeze(backend)
}

async function verify(
  subtle: Subtle,
  ...[name, publicKey, data, signature, options = {}]: Parameters<EncryptionBackend['verify']>
): Promise<boolean> {
  const algorithm = signatureAlgorithm(name)
  if (!isKeyOf(publicKey, algorithm.family)) return false
  const length = algorithm.hash === null ? 0 : hashAlgorithm(algorithm.hash).length
  const { key: keyAlgorithm, use, size } = signatureNames(algorithm, publicKey, options.saltLength ?? length)
  const raw = size === undefined ? signature : fromDerSignature(signature, size)
  if (raw === undefined) return false
  try {
    const key = await subtle.importKey('spki', publicKey, keyAlgorithm, false, ['verify'])
    return await subtle.verify(use, key, raw, data)
  } catch (error) {
    if (isNotSupported(error)) throw notAvailable(`the signature algorithm ${name}`, error)
    return false // malformed keys and signatures
  }
}

function isKeyOf(publicKey: Uint8Array, family: string): boolean {
  try {
    return describePublicKey(publicKey).family === family
  } catch (error) {
    if (error instanceof CertwrightError) return false
    throw error
  }
}

/** Looks at every octet, whatever the first ones are. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}

/** A key of any use as octets: keys are wrapped as what they are, octets. */
const wrappable = { name: 'HMAC', hash: 'SHA-256' }

function ciphers(subtle: Subtle): Pick<EncryptionBackend, 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'> {
  const keyFor = (name: string, key: Uint8Array, usages: readonly string[]) =>
    subtle.importKey('raw', key, { name }, false, usages)
  return {
    async encrypt(name, options, data) {
      const algorithm = cipherNames(name, options)
      return octets(await subtle.encrypt(algorithm, await keyFor(algorithm.name, options.key, ['encrypt']), data))
    },
    async decrypt(name, options, data) {
      const algorithm = cipherNames(name, options)
      const key = await keyFor(algorithm.name, options.key, ['decrypt'])
      return octets(
        await subtle.decrypt(algorithm, key, data).catch((cause: unknown) => Promise.reject(cannotDecrypt(cause))),
      )
    },
    async wrapKey(name, wrappingKey, key) {
      checkWrap(name, wrappingKey)
      const inner = await subtle.importKey('raw', key, wrappable, true, ['sign'])
      return octets(await subtle.wrapKey('raw', inner, await keyFor('AES-KW', wrappingKey, ['wrapKey']), 'AES-KW'))
    },
    async unwrapKey(name, wrappingKey, wrapped) {
      checkWrap(name, wrappingKey)
      const outer = await keyFor('AES-KW', wrappingKey, ['unwrapKey'])
      try {
        const inner = await subtle.unwrapKey('raw', wrapped, outer, 'AES-KW', wrappable, true, ['sign'])
        return octets(await subtle.exportKey('raw', inner))
      } catch (cause) {
        throw cannotDecrypt(cause)
      }
    },
  }
}

function cipherNames(name: Parameters<EncryptionBackend['encrypt']>[0], options: CipherOptions): WebCryptoAlgorithm {
  const { keyLength, ivLength } = cipherAlgorithm(name)
  if (options.key.length !== keyLength) {
    throw new CertwrightError('key', `a key for ${name} has ${keyLength} octets, not ${options.key.length}`)
  }
  if (/^aes-.*-cbc$/.test(name)) {
    if (options.iv.length === ivLength) return { name: 'AES-CBC', iv: options.iv }
    throw new CertwrightError('algorithm', `an initialization vector for ${name} has ${ivLength} octets`)
  }
  if (!/^aes-.*-gcm$/.test(name)) throw notAvailable(`the cipher ${name}`)
  const { iv, tagLength = 16, additionalData } = options
  return { name: 'AES-GCM', iv, tagLength: tagLength * 8, ...(additionalData === undefined ? {} : { additionalData }) }
}

function checkWrap(name: Parameters<EncryptionBackend['wrapKey']>[0], key: Uint8Array): void {
  const { legacy, keyLength } = keyWrapAlgorithm(name)
  if (legacy) throw notAvailable(`the key wrap ${name}`)
  if (key.length !== keyLength) throw new CertwrightError('key', `a key for ${name} has ${keyLength} octets`)
}

function keyEncryption(subtle: Subtle): Pick<EncryptionBackend, 'encryptRsa' | 'agree' | 'encapsulate'> {
  return {
    async encryptRsa(encryption, publicKey, data) {
      if (encryption.scheme === 'pkcs1') throw notAvailable('encryption with PKCS #1 v1.5 padding')
      const { hash, mgfHash, label } = encryption
      if (hash !== mgfHash) throw notAvailable('RSAES-OAEP with two hashes')
      if (!isKeyOf(publicKey, 'rsa')) throw new CertwrightError('algorithm', 'the public key is not an RSA key')
      try {
        const key = await subtle.importKey('spki', publicKey, { name: 'RSA-OAEP', hash: hashName(hash) }, false, [
          'encrypt',
        ])
        return octets(await subtle.encrypt({ name: 'RSA-OAEP', ...(label.length === 0 ? {} : { label }) }, key, data))
      } catch (cause) {
        if (cause instanceof CertwrightError) throw cause
        throw new CertwrightError('algorithm', 'the public key cannot encrypt this', { cause })
      }
    },
    async agree(publicKey) {
      const { key: algorithm, bits } = agreementNames(publicKey)
      try {
        const peer = await subtle.importKey('spki', publicKey, algorithm, false, [])
        const pair = await subtle.generateKey(algorithm, true, ['deriveBits'])
        const sent = octets(await subtle.exportKey('spki', pair.publicKey))
        const secret = octets(await subtle.deriveBits({ name: algorithm.name, public: peer }, pair.privateKey, bits))
        return { sent, secret }
      } catch (cause) {
        if (isNotSupported(cause)) throw notAvailable(`key agreement by ${algorithm.name}`, cause)
        throw new CertwrightError('algorithm', 'the public key cannot encrypt this', { cause })
      }
    },
    encapsulate: () => Promise.reject(notAvailable('ML-KEM')),
  }
}
