import { concatBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CipherOptions, EncryptionBackend } from '../ports/index.js'
import { cipherKeyLength } from './ciphers.js'
import { pbkdf1, pkcs12Kdf } from './iterated-hashes.js'
import { deriveFromPassword } from './key-derivation.js'
import type { CipherName } from './names.js'
import type { PasswordOctets } from './password.js'
import type { LegacyPasswordEncryption, PasswordEncryption } from './password-encryption.js'

/** Whatever was wrong, the answer is this one. */
export const passwordError = (cause?: unknown): CertwrightError =>
  new CertwrightError('decryption', 'the password is wrong, or the content was changed', { cause })

/** Encrypts under a password. */
export async function encryptWithPassword(
  crypto: EncryptionBackend,
  password: PasswordOctets,
  encryption: PasswordEncryption,
  data: Uint8Array,
): Promise<Uint8Array> {
  const { cipher, options } = await keyed(crypto, password, encryption)
  return crypto.encrypt(cipher, options, data)
}

/**
 * Decrypts what `encryptWithPassword` gives.
 *
 * @throws CertwrightError `decryption` when the password is wrong or the data was changed, as far as padding or tag tell;
 * `algorithm` when the backend does not have the cipher.
 */
export async function decryptWithPassword(
  crypto: EncryptionBackend,
  password: PasswordOctets,
  encryption: PasswordEncryption,
  data: Uint8Array,
): Promise<Uint8Array> {
  const { cipher, options } = await keyed(crypto, password, encryption)
  try {
    return await crypto.decrypt(cipher, options, data)
  } catch (cause) {
    if (cause instanceof CertwrightError && cause.code === 'decryption') throw passwordError(cause)
    throw cause
  }
}

interface Keyed {
  readonly cipher: CipherName
  readonly options: CipherOptions
}

async function keyed(crypto: EncryptionBackend, password: PasswordOctets, encryption: PasswordEncryption) {
  if (encryption.kind === 'legacy') return legacyKeyed(crypto, password, encryption)
  const { derivation, cipher } = encryption
  const key = await deriveFromPassword(crypto, password.utf8, derivation, cipherKeyLength(cipher))
  const { name, iv, tagLength } = cipher
  return { cipher: name, options: { key, iv, ...(tagLength === undefined ? {} : { tagLength }) } } satisfies Keyed
}

/** The ciphers of the older schemes all have blocks of eight octets. */
const ivLength = 8

async function legacyKeyed(
  crypto: EncryptionBackend,
  password: PasswordOctets,
  { scheme, salt, iterations }: Extract<PasswordEncryption, { readonly kind: 'legacy' }>,
): Promise<Keyed> {
  const { hash, keyLength } = scheme
  const cipher = knownCipher(scheme)
  if (scheme.derivation === 'pbes1') {
    const derived = await pbkdf1(crypto, hash, password.utf8, { salt, iterations, length: keyLength + ivLength })
    return { cipher, options: { key: derived.slice(0, keyLength), iv: derived.slice(keyLength) } }
  }
  const derived = (purpose: 'key' | 'iv', length: number) =>
    pkcs12Kdf(crypto, hash, password.bmp, { purpose, salt, iterations, length })
  const key = await derived('key', keyLength)
  const iv = await derived('iv', ivLength)
  const isTwoKey = cipher === 'des-ede3-cbc' && keyLength === 16
  return { cipher, options: { key: isTwoKey ? concatBytes(key, key.subarray(0, 8)) : key, iv } }
}

function knownCipher({ cipher, name }: LegacyPasswordEncryption): CipherName {
  if (cipher === undefined) throw new CertwrightError('algorithm', `${name} is not supported`)
  return cipher
}
