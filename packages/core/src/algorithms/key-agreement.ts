import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { AlgorithmIdentifier } from '../x509/index.js'
import { keyWrapIdentifier, keyWrapOf } from './ciphers.js'
import type { HashName, KeyWrapName } from './names.js'
import { isWithoutParameters } from './parameters.js'

/** How a shared secret becomes a key-encryption key: ANSI X9.63 (RFC 5753) or HKDF (RFC 8418). */
export type AgreementDerivation = 'x963' | 'hkdf'

/** A key agreement scheme, with the wrap of the content-encryption key that its parameters name. */
export interface KeyAgreementScheme {
  readonly derivation: AgreementDerivation
  readonly hash: HashName
  readonly wrap: KeyWrapName
}

interface SchemeRow {
  readonly oid: string
  readonly derivation: AgreementDerivation
  readonly hash: HashName
  /** For reading only. */
  readonly legacy?: boolean
}

/**
 * Ephemeral-static Diffie-Hellman: RFC 5753 section 7.1.4 (the cofactor schemes are the same computation on curves of
 * cofactor 1) and RFC 8418 section 2.2 for X25519 and X448.
 */
const schemes: readonly SchemeRow[] = [
  { oid: '1.3.132.1.11.1', derivation: 'x963', hash: 'sha256' },
  { oid: '1.3.132.1.11.2', derivation: 'x963', hash: 'sha384' },
  { oid: '1.3.132.1.11.3', derivation: 'x963', hash: 'sha512' },
  { oid: '1.2.840.113549.1.9.16.3.19', derivation: 'hkdf', hash: 'sha256' },
  { oid: '1.2.840.113549.1.9.16.3.20', derivation: 'hkdf', hash: 'sha384' },
  { oid: '1.2.840.113549.1.9.16.3.21', derivation: 'hkdf', hash: 'sha512' },
  { oid: '1.3.132.1.11.0', derivation: 'x963', hash: 'sha224', legacy: true },
  { oid: '1.3.133.16.840.63.0.2', derivation: 'x963', hash: 'sha1', legacy: true },
  { oid: '1.3.132.1.14.0', derivation: 'x963', hash: 'sha224', legacy: true },
  { oid: '1.3.132.1.14.1', derivation: 'x963', hash: 'sha256', legacy: true },
  { oid: '1.3.132.1.14.2', derivation: 'x963', hash: 'sha384', legacy: true },
  { oid: '1.3.132.1.14.3', derivation: 'x963', hash: 'sha512', legacy: true },
  { oid: '1.3.133.16.840.63.0.3', derivation: 'x963', hash: 'sha1', legacy: true },
]

/** The AlgorithmIdentifier of a scheme: its parameter is the key wrap (RFC 5753 section 7.1.5). */
export function keyAgreementIdentifier({ derivation, hash, wrap }: KeyAgreementScheme): AlgorithmIdentifier {
  const found = schemes.find((row) => row.derivation === derivation && row.hash === hash && row.legacy !== true)
  if (found === undefined) {
    throw new CertwrightError('algorithm', `key agreement with ${derivation} and ${hash} is not for writing`)
  }
  return { algorithm: found.oid, parameters: AlgorithmIdentifier.encode(keyWrapIdentifier(wrap)) }
}

/**
 * The scheme that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown or its key wrap is.
 */
export function keyAgreementOf({ algorithm, parameters }: AlgorithmIdentifier): KeyAgreementScheme {
  const found = schemes.find(({ oid }) => oid === algorithm)
  if (found === undefined || parameters === undefined) {
    throw new CertwrightError('algorithm', `key agreement ${algorithm} is not supported`)
  }
  return { derivation: found.derivation, hash: found.hash, wrap: readWrap(parameters) }
}

function readWrap(parameters: Uint8Array): KeyWrapName {
  try {
    return keyWrapOf(AlgorithmIdentifier.decode(parameters))
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new CertwrightError('algorithm', 'the key wrap of the key agreement is malformed', { cause: error })
  }
}

/** HKDF as a key derivation of its own, RFC 8619. */
const hkdfs: readonly (readonly [oid: string, hash: HashName])[] = [
  ['1.2.840.113549.1.9.16.3.28', 'sha256'],
  ['1.2.840.113549.1.9.16.3.29', 'sha384'],
  ['1.2.840.113549.1.9.16.3.30', 'sha512'],
]

/** The AlgorithmIdentifier of HKDF with a hash (RFC 8619 section 2): without parameters. */
export function hkdfIdentifier(hash: HashName): AlgorithmIdentifier {
  const oid = hkdfs.find((row) => row[1] === hash)?.[0]
  if (oid === undefined) throw new CertwrightError('algorithm', `HKDF with ${hash} has no identifier`)
  return { algorithm: oid }
}

/**
 * The hash of the HKDF that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown or has parameters.
 */
export function hkdfHashOf(identifier: AlgorithmIdentifier): HashName {
  const hash = hkdfs.find(([oid]) => oid === identifier.algorithm)?.[1]
  if (hash === undefined || !isWithoutParameters(identifier)) {
    throw new CertwrightError('algorithm', `key derivation ${identifier.algorithm} is not supported`)
  }
  return hash
}
