import {
  cipherAlgorithm,
  type HashName,
  type PasswordDerivation,
  type PasswordEncryption,
  passwordEncryptionIdentifier,
  passwordEncryptionOf,
} from '../algorithms/index.js'
import type { RandomSource } from '../ports/index.js'

/** How to encrypt under a password: PBES2 (RFC 8018 section 6.2). */
export interface PasswordEncryptionOptions {
  /** How the key is derived; PBKDF2 by default. */
  readonly derivation?: Pbkdf2Choice | ScryptChoice
  /** Default `aes-256-cbc`. */
  readonly cipher?: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc'
}

/** PBKDF2 (RFC 8018 section 5.2). */
export interface Pbkdf2Choice {
  readonly kind: 'pbkdf2'
  /** The hash of the HMAC: any that has an identifier. Default `sha256`. */
  readonly hash?: HashName
  /** 1 to 10,000,000. Default 600,000 for a private key, 100,000 in PKCS #12. */
  readonly iterations?: number
}

/** scrypt (RFC 7914). The defaults take 16 MiB and are five times the work of OpenSSL's. */
export interface ScryptChoice {
  readonly kind: 'scrypt'
  /** N, a power of two. Default 16384. */
  readonly cost?: number
  /** r. Default 8. */
  readonly blockSize?: number
  /** p. Default 5. */
  readonly parallelization?: number
}

const saltLength = 16

/**
 * An encryption with a fresh salt and initialization vector.
 *
 * @throws CertwrightError `limit` or `algorithm` when readers that use the default limits would refuse it.
 */
export function newPasswordEncryption(
  random: RandomSource,
  { derivation = { kind: 'pbkdf2' }, cipher = 'aes-256-cbc' }: PasswordEncryptionOptions,
  defaultIterations: number,
): PasswordEncryption {
  const encryption: PasswordEncryption = {
    kind: 'pbes2',
    derivation: derivationOfChoice(derivation, random.bytes(saltLength), defaultIterations),
    cipher: { name: cipher, iv: random.bytes(cipherAlgorithm(cipher).ivLength) },
  }
  return passwordEncryptionOf(passwordEncryptionIdentifier(encryption))
}

function derivationOfChoice(
  choice: Pbkdf2Choice | ScryptChoice,
  salt: Uint8Array,
  defaultIterations: number,
): PasswordDerivation {
  if (choice.kind === 'pbkdf2') {
    const { hash = 'sha256', iterations = defaultIterations } = choice
    return { kind: 'pbkdf2', hash, salt, iterations }
  }
  const { cost = 16384, blockSize = 8, parallelization = 5 } = choice
  return { kind: 'scrypt', salt, cost, blockSize, parallelization }
}
