import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import type { HashName, SignatureAlgorithmName } from './names.js'
import { isPssParameters, pssParameters } from './pss.js'

/** The families of public keys. */
export type KeyFamily = 'rsa' | 'ecdsa' | 'ed25519' | 'ed448'

/** What is fixed about one signature algorithm. */
export interface SignatureAlgorithm {
  readonly name: SignatureAlgorithmName
  readonly oid: string
  /** The AlgorithmIdentifier parameters: none, NULL, or the RSASSA-PSS structure for `hash` (RFC 4055 section 3.1). */
  readonly parameters: 'absent' | 'null' | 'pss'
  /** Hash applied to the message; `null` where the algorithm hashes by itself (RFC 8032). */
  readonly hash: HashName | null
  /** The keys it works with. */
  readonly family: KeyFamily
}

const row = (
  name: SignatureAlgorithmName,
  oid: string,
  parameters: SignatureAlgorithm['parameters'],
  hash: HashName | null,
  family: KeyFamily,
): SignatureAlgorithm => ({ name, oid, parameters, hash, family })

const rsassaPss = '1.2.840.113549.1.1.10'

/** Every signature algorithm that is accepted, RFC 5758, RFC 4055, RFC 8017 and RFC 8410. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  row('ecdsa-sha256', '1.2.840.10045.4.3.2', 'absent', 'sha256', 'ecdsa'),
  row('ecdsa-sha384', '1.2.840.10045.4.3.3', 'absent', 'sha384', 'ecdsa'),
  row('ecdsa-sha512', '1.2.840.10045.4.3.4', 'absent', 'sha512', 'ecdsa'),
  row('rsa-pkcs1-sha256', '1.2.840.113549.1.1.11', 'null', 'sha256', 'rsa'),
  row('rsa-pkcs1-sha384', '1.2.840.113549.1.1.12', 'null', 'sha384', 'rsa'),
  row('rsa-pkcs1-sha512', '1.2.840.113549.1.1.13', 'null', 'sha512', 'rsa'),
  row('rsa-pss-sha256', rsassaPss, 'pss', 'sha256', 'rsa'),
  row('rsa-pss-sha384', rsassaPss, 'pss', 'sha384', 'rsa'),
  row('rsa-pss-sha512', rsassaPss, 'pss', 'sha512', 'rsa'),
  row('ed25519', '1.3.101.112', 'absent', null, 'ed25519'),
  row('ed448', '1.3.101.113', 'absent', null, 'ed448'),
]

/** Known and refused: their hash no longer resists collisions. */
const brokenAlgorithms: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'md2WithRSAEncryption'],
  ['1.2.840.113549.1.1.4', 'md5WithRSAEncryption'],
  ['1.2.840.113549.1.1.5', 'sha1WithRSAEncryption'],
  ['1.3.14.3.2.29', 'sha1WithRSA'],
  ['1.2.840.10045.4.1', 'ecdsa-with-SHA1'],
  ['1.2.840.10040.4.3', 'dsa-with-SHA1'],
])

const byName = new Map(signatureAlgorithms.map((algorithm) => [algorithm.name, algorithm]))
const derNull = Uint8Array.of(0x05, 0x00)

/** The descriptor of an algorithm by its name. */
export function signatureAlgorithm(name: SignatureAlgorithmName): SignatureAlgorithm {
  const found = byName.get(name)
  if (found === undefined) throw new CertwrightError('algorithm', `signature algorithm "${name}" is not known`)
  return found
}

/** The AlgorithmIdentifier to write for an algorithm. */
export function signatureAlgorithmIdentifier(name: SignatureAlgorithmName): AlgorithmIdentifier {
  const { oid, parameters, hash } = signatureAlgorithm(name)
  if (parameters === 'absent') return { algorithm: oid }
  if (parameters === 'null') return { algorithm: oid, parameters: derNull }
  return { algorithm: oid, parameters: pssParameters(hash ?? 'sha256') }
}

/**
 * The algorithm that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown, broken (MD5, SHA-1), or has parameters that the algorithm does
 * not allow.
 */
export function signatureAlgorithmOf(identifier: AlgorithmIdentifier): SignatureAlgorithmName {
  const broken = brokenAlgorithms.get(identifier.algorithm)
  if (broken !== undefined) {
    throw new CertwrightError('algorithm', `signature algorithm ${broken} is too weak; use SHA-256 or stronger`)
  }
  const sameOid = signatureAlgorithms.filter(({ oid }) => oid === identifier.algorithm)
  if (sameOid.length === 0) {
    throw new CertwrightError('algorithm', `signature algorithm ${identifier.algorithm} is not supported`)
  }
  const match = sameOid.find((algorithm) => parametersFit(algorithm, identifier.parameters))
  if (match === undefined) {
    throw new CertwrightError('algorithm', `signature algorithm ${identifier.algorithm} has unsupported parameters`)
  }
  return match.name
}

function parametersFit({ parameters, hash }: SignatureAlgorithm, given: Uint8Array | undefined): boolean {
  if (parameters === 'pss') return given !== undefined && hash !== null && isPssParameters(given, hash)
  if (given === undefined) return true // RFC 4055 section 5: absent and NULL are to be treated alike for RSA
  return parameters === 'null' && equalBytes(given, derNull)
}
