import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import { type CipherScheme, cipherIdentifier, cipherKeyLength, cipherSchemeOf } from './ciphers.js'
import {
  checkedIterations,
  type DerivationLimits,
  defaultDerivationLimits,
  derivationIdentifier,
  derivationOf,
  type PasswordDerivation,
} from './key-derivation.js'
import type { CipherName, HashName } from './names.js'
import { PbeParameters, Pbes2Parameters } from './parameter-structures.js'

const pbes2Oid = '1.2.840.113549.1.5.13'

/** A scheme that fixes hash, derivation and cipher by one identifier. */
export interface LegacyPasswordEncryption {
  /** The name in the ASN.1 of its standard. */
  readonly name: string
  readonly oid: string
  /** `pkcs12`: the derivation of RFC 7292 appendix B; `pbes1`: PBKDF1 (RFC 8018 section 6.1). */
  readonly derivation: 'pkcs12' | 'pbes1'
  readonly hash: HashName
  /** `undefined` where the cipher, RC4, is refused. */
  readonly cipher: CipherName | undefined
  /** Octets of key that are derived. Two-key triple DES derives 16 and uses the first eight twice. */
  readonly keyLength: number
}

const pbes1 = (arc: number, name: string, hash: HashName, cipher: CipherName): LegacyPasswordEncryption => ({
  name,
  oid: `1.2.840.113549.1.5.${arc}`,
  derivation: 'pbes1',
  hash,
  cipher,
  keyLength: 8,
})

const pkcs12 = (arc: number, name: string, cipher: CipherName | undefined, keyLength: number) =>
  ({
    name,
    oid: `1.2.840.113549.1.12.1.${arc}`,
    derivation: 'pkcs12',
    hash: 'sha1',
    cipher,
    keyLength,
  }) satisfies LegacyPasswordEncryption

/** Every older scheme, for reading: RFC 8018 appendix A.3 and RFC 7292 appendix C. Those with MD2 are not known. */
export const legacyPasswordEncryptions: readonly LegacyPasswordEncryption[] = [
  pbes1(3, 'pbeWithMD5AndDES-CBC', 'md5', 'des-cbc'),
  pbes1(6, 'pbeWithMD5AndRC2-CBC', 'md5', 'rc2-cbc'),
  pbes1(10, 'pbeWithSHA1AndDES-CBC', 'sha1', 'des-cbc'),
  pbes1(11, 'pbeWithSHA1AndRC2-CBC', 'sha1', 'rc2-cbc'),
  pkcs12(1, 'pbeWithSHAAnd128BitRC4', undefined, 16),
  pkcs12(2, 'pbeWithSHAAnd40BitRC4', undefined, 5),
  pkcs12(3, 'pbeWithSHAAnd3-KeyTripleDES-CBC', 'des-ede3-cbc', 24),
  pkcs12(4, 'pbeWithSHAAnd2-KeyTripleDES-CBC', 'des-ede3-cbc', 16),
  pkcs12(5, 'pbeWithSHAAnd128BitRC2-CBC', 'rc2-cbc', 16),
  pkcs12(6, 'pbeWithSHAAnd40BitRC2-CBC', 'rc2-cbc', 5),
]

/** Encryption under a password, with the parameters of one message. */
export type PasswordEncryption =
  | { readonly kind: 'pbes2'; readonly derivation: PasswordDerivation; readonly cipher: CipherScheme }
  | {
      readonly kind: 'legacy'
      readonly scheme: LegacyPasswordEncryption
      readonly salt: Uint8Array
      readonly iterations: number
    }

/** The older scheme of a name. */
export function legacyPasswordEncryption(name: string): LegacyPasswordEncryption {
  const found = legacyPasswordEncryptions.find((scheme) => scheme.name === name)
  if (found === undefined) throw new CertwrightError('algorithm', `password encryption "${name}" is not known`)
  return found
}

/** The AlgorithmIdentifier of an encryption under a password. */
export function passwordEncryptionIdentifier(encryption: PasswordEncryption): AlgorithmIdentifier {
  if (encryption.kind === 'pbes2') {
    const parameters = Pbes2Parameters.encode({
      keyDerivationFunc: derivationIdentifier(encryption.derivation),
      encryptionScheme: cipherIdentifier(encryption.cipher),
    })
    return { algorithm: pbes2Oid, parameters }
  }
  const { scheme, salt, iterations } = encryption
  return { algorithm: scheme.oid, parameters: PbeParameters.encode({ salt, iterationCount: BigInt(iterations) }) }
}

/**
 * The encryption under a password that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown, malformed or refused (RC4); `limit` when it asks for more work
 * than allowed.
 */
export function passwordEncryptionOf(
  { algorithm, parameters }: AlgorithmIdentifier,
  limits: DerivationLimits = {},
): PasswordEncryption {
  const scheme = legacyPasswordEncryptions.find(({ oid }) => oid === algorithm)
  if (parameters === undefined || (scheme === undefined && algorithm !== pbes2Oid)) {
    throw new CertwrightError('algorithm', `password encryption ${algorithm} is not supported`)
  }
  try {
    return scheme === undefined ? readPbes2(parameters, limits) : readLegacy(scheme, parameters, limits)
  } catch (cause) {
    if (!(cause instanceof Asn1Error)) throw cause
    throw new CertwrightError('algorithm', 'the parameters of the password encryption are malformed', { cause })
  }
}

function readPbes2(parameters: Uint8Array, limits: DerivationLimits): PasswordEncryption {
  const { keyDerivationFunc, encryptionScheme } = Pbes2Parameters.decode(parameters)
  const cipher = cipherSchemeOf(encryptionScheme)
  const derivation = derivationOf(keyDerivationFunc, limits)
  if ((derivation.length ?? cipherKeyLength(cipher)) !== cipherKeyLength(cipher)) {
    throw new CertwrightError('algorithm', `the derived key has not the length of a key for ${cipher.name}`)
  }
  return { kind: 'pbes2', derivation, cipher }
}

function readLegacy(
  scheme: LegacyPasswordEncryption,
  parameters: Uint8Array,
  limits: DerivationLimits,
): PasswordEncryption {
  if (scheme.cipher === undefined) {
    throw new CertwrightError('algorithm', `${scheme.name} is not supported: RC4 is broken; encrypt the file anew`)
  }
  const { salt, iterationCount } = PbeParameters.decode(parameters, { encoding: 'ber' })
  return { kind: 'legacy', scheme, salt, iterations: checkedHashIterations(iterationCount, limits) }
}

/**
 * The iteration count of an older derivation, which runs on the event loop, as a number.
 *
 * @throws CertwrightError `limit` when it is not positive or above a tenth of `maxIterations`.
 */
export function checkedHashIterations(count: bigint, limits: DerivationLimits): number {
  const most = limits.maxIterations ?? defaultDerivationLimits.maxIterations
  return checkedIterations(count, { maxIterations: Math.max(1, Math.floor(most / 10)) })
}
