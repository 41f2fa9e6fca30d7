import {
  type DerivationLimits,
  decryptWithPassword,
  encryptWithPassword,
  type PasswordEncryption,
  type PasswordOctets,
  passwordEncryptionIdentifier,
  passwordEncryptionOf,
  passwordError,
  passwordOctets,
  passwordReadings,
} from '../algorithms/index.js'
import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { EncryptionBackend, RandomSource } from '../ports/index.js'
import { newPasswordEncryption, type PasswordEncryptionOptions } from './password-options.js'
import { EncryptedPrivateKeyInfo, PrivateKeyInfo } from './pkcs8.js'

/** What encryption under a password needs. */
export interface PasswordEncryptionDeps {
  readonly crypto: EncryptionBackend
  /** Salts and initialization vectors. */
  readonly random: RandomSource
}

/**
 * Encrypts a private key under a password: PBES2 with PBKDF2 or scrypt and AES-CBC (RFC 8018 section 6.2), the form that
 * `openssl pkey` and every other modern program opens.
 *
 * @example
 * ```ts
 * import { decryptPrivateKeyInfo, encryptPrivateKeyInfo } from '@certwright/core/cms'
 * import { generatePrivateKey, openPrivateKey, systemDefaults } from '@certwright/core/defaults'
 * import { encodePem } from '@certwright/core/x509'
 *
 * const key = await generatePrivateKey('ecdsa-p256')
 * const der = await encryptPrivateKeyInfo(systemDefaults, key.pkcs8(), 'a long password')
 * console.log(encodePem('ENCRYPTED PRIVATE KEY', der)) // for a file
 *
 * const again = await openPrivateKey(await decryptPrivateKeyInfo(systemDefaults, der, 'a long password'))
 * console.log(again.type) // ecdsa-p256
 * ```
 * @param privateKeyInfo DER of the PrivateKeyInfo (RFC 5958 section 2)
 * @returns DER of the EncryptedPrivateKeyInfo (RFC 5958 section 3)
 * @throws Asn1Error when it is not a PrivateKeyInfo; CertwrightError `limit`, `algorithm` or `configuration` for options
 * that cannot be.
 */
export async function encryptPrivateKeyInfo(
  { crypto, random }: PasswordEncryptionDeps,
  privateKeyInfo: Uint8Array,
  password: string,
  options: PasswordEncryptionOptions = {},
): Promise<Uint8Array> {
  const encryption = newPasswordEncryption(random, options, 600_000)
  return EncryptedPrivateKeyInfo.encode(
    await sealPrivateKey(crypto, privateKeyInfo, passwordOctets(password), encryption),
  )
}

/** @internal */
export async function sealPrivateKey(
  crypto: EncryptionBackend,
  privateKeyInfo: Uint8Array,
  password: PasswordOctets,
  encryption: PasswordEncryption,
): Promise<EncryptedPrivateKeyInfo> {
  PrivateKeyInfo.decode(privateKeyInfo)
  return {
    encryptionAlgorithm: passwordEncryptionIdentifier(encryption),
    encryptedData: await encryptWithPassword(crypto, password, encryption, privateKeyInfo),
  }
}

/**
 * Opens a private key that is encrypted under a password: PBES2 (PBKDF2 or scrypt; AES in CBC, GCM and CCM mode, triple
 * DES, DES, RC2), and for old files PBES1 and the schemes of PKCS #12, but for RC4.
 *
 * @param encrypted DER, or BER, of an EncryptedPrivateKeyInfo
 * @returns DER of the PrivateKeyInfo
 * @throws CertwrightError `decryption` when the password is wrong or the content was changed; `limit` when the file asks
 * for more work than allowed; `algorithm`; Asn1Error when it is not an EncryptedPrivateKeyInfo.
 */
export async function decryptPrivateKeyInfo(
  { crypto }: Pick<PasswordEncryptionDeps, 'crypto'>,
  encrypted: Uint8Array,
  password: string,
  limits: DerivationLimits = {},
): Promise<Uint8Array> {
  const { encryptionAlgorithm, encryptedData } = EncryptedPrivateKeyInfo.decode(encrypted, { encoding: 'ber' })
  const encryption = passwordEncryptionOf(encryptionAlgorithm, limits)
  return anyReading(passwordReadings(password), (octets) => unsealPrivateKey(crypto, encryptedData, octets, encryption))
}

/** @internal */
export async function unsealPrivateKey(
  crypto: EncryptionBackend,
  encryptedData: Uint8Array,
  password: PasswordOctets,
  encryption: PasswordEncryption,
): Promise<Uint8Array> {
  const decrypted = await decryptWithPassword(crypto, password, encryption, encryptedData)
  return orPasswordError(() => {
    PrivateKeyInfo.decode(decrypted, { encoding: 'ber' })
    return decrypted
  })
}

/** With CBC a wrong password passes the padding check once in 256 times: the structure tells the rest. @internal */
export function orPasswordError<T>(decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw cause instanceof Asn1Error ? passwordError(cause) : cause
  }
}

/** The first reading of a password that decrypts; at most two are tried. @internal */
export async function anyReading<T>(
  [reading, ...others]: readonly PasswordOctets[],
  decrypt: (password: PasswordOctets) => Promise<T>,
): Promise<T> {
  if (reading === undefined) throw passwordError()
  try {
    return await decrypt(reading)
  } catch (error) {
    if (others.length === 0 || !(error instanceof CertwrightError) || error.code !== 'decryption') throw error
    return anyReading(others, decrypt)
  }
}
