import { CertwrightError } from '../errors.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import { hashAlgorithmOf } from './hashes.js'
import type { BrokenSignatureAlgorithmName, HashName, SignatureAlgorithmName } from './names.js'
import { derNull, isWithoutParameters } from './parameters.js'
import { type ParameterSetName, parameterSets } from './post-quantum.js'
import { pssParameters, readPssParameters } from './pss.js'

/** The families of public keys that verify signatures. */
export type SignatureKeyFamily = 'rsa' | 'ecdsa' | 'ed25519' | 'ed448' | 'ml-dsa' | 'slh-dsa'

/** What is fixed about one signature algorithm. */
export interface SignatureAlgorithm<N extends string = SignatureAlgorithmName> {
  readonly name: N
  readonly oid: string
  /** The AlgorithmIdentifier parameters: none, NULL, or the RSASSA-PSS structure for `hash` (RFC 4055 section 3.1). */
  readonly parameters: 'absent' | 'null' | 'pss'
  /** Hash applied to the message; `null` where the algorithm hashes by itself (RFC 8032, FIPS 204, FIPS 205). */
  readonly hash: HashName | null
  /**
   * The hash that goes with it where a protocol hashes first, as CMS signed attributes do (RFC 8419 section 3.1,
   * RFC 9882 section 3.3, RFC 9814 section 4).
   */
  readonly messageDigest: HashName
  /** The keys it works with. */
  readonly family: SignatureKeyFamily
  /** The one parameter set it works with, for the post-quantum families. */
  readonly parameterSet?: ParameterSetName
}

/** Any algorithm of the tables, the broken ones included. */
export type AnySignatureAlgorithm = SignatureAlgorithm<SignatureAlgorithmName | BrokenSignatureAlgorithmName>

/** A signature algorithm as an AlgorithmIdentifier gives it. */
export interface SignatureScheme<N extends string = SignatureAlgorithmName> {
  readonly name: N
  /** Octets of salt; only for RSASSA-PSS. */
  readonly saltLength?: number
}

const row = <N extends string>(
  name: N,
  oid: string,
  parameters: SignatureAlgorithm['parameters'],
  hash: HashName,
  family: SignatureKeyFamily,
): SignatureAlgorithm<N> => ({ name, oid, parameters, hash, messageDigest: hash, family })

const rsassaPss = '1.2.840.113549.1.1.10'
const nist = '2.16.840.1.101.3.4.3'

const postQuantum = parameterSets
  .filter(({ family }) => family !== 'ml-kem')
  .map(
    (set): SignatureAlgorithm => ({
      name: set.name as SignatureAlgorithmName,
      oid: set.oid,
      parameters: 'absent',
      hash: null,
      messageDigest: messageDigestOf(set.name, set.bits),
      family: set.family as SignatureKeyFamily,
      parameterSet: set.name,
    }),
  )

/** RFC 9882 section 3.3 has SHA-512 for ML-DSA; RFC 9814 section 4 the hash of the parameter set for SLH-DSA. */
function messageDigestOf(name: ParameterSetName, bits: number): HashName {
  if (name.startsWith('slh-dsa-shake')) return bits === 128 ? 'shake128' : 'shake256'
  return name === 'slh-dsa-sha2-128s' || name === 'slh-dsa-sha2-128f' ? 'sha256' : 'sha512'
}

/** Every signature algorithm that is made: RFC 5758, RFC 4055, RFC 8017, RFC 8410, RFC 9688, RFC 9881 and RFC 9909. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  row('ecdsa-sha256', '1.2.840.10045.4.3.2', 'absent', 'sha256', 'ecdsa'),
  row('ecdsa-sha384', '1.2.840.10045.4.3.3', 'absent', 'sha384', 'ecdsa'),
  row('ecdsa-sha512', '1.2.840.10045.4.3.4', 'absent', 'sha512', 'ecdsa'),
  row('ecdsa-sha3-256', `${nist}.10`, 'absent', 'sha3-256', 'ecdsa'),
  row('ecdsa-sha3-384', `${nist}.11`, 'absent', 'sha3-384', 'ecdsa'),
  row('ecdsa-sha3-512', `${nist}.12`, 'absent', 'sha3-512', 'ecdsa'),
  row('rsa-pkcs1-sha256', '1.2.840.113549.1.1.11', 'null', 'sha256', 'rsa'),
  row('rsa-pkcs1-sha384', '1.2.840.113549.1.1.12', 'null', 'sha384', 'rsa'),
  row('rsa-pkcs1-sha512', '1.2.840.113549.1.1.13', 'null', 'sha512', 'rsa'),
  row('rsa-pkcs1-sha3-256', `${nist}.14`, 'null', 'sha3-256', 'rsa'),
  row('rsa-pkcs1-sha3-384', `${nist}.15`, 'null', 'sha3-384', 'rsa'),
  row('rsa-pkcs1-sha3-512', `${nist}.16`, 'null', 'sha3-512', 'rsa'),
  row('rsa-pss-sha256', rsassaPss, 'pss', 'sha256', 'rsa'),
  row('rsa-pss-sha384', rsassaPss, 'pss', 'sha384', 'rsa'),
  row('rsa-pss-sha512', rsassaPss, 'pss', 'sha512', 'rsa'),
  row('rsa-pss-sha3-256', rsassaPss, 'pss', 'sha3-256', 'rsa'),
  row('rsa-pss-sha3-384', rsassaPss, 'pss', 'sha3-384', 'rsa'),
  row('rsa-pss-sha3-512', rsassaPss, 'pss', 'sha3-512', 'rsa'),
  { ...row('ed25519', '1.3.101.112', 'absent', 'sha512', 'ed25519'), hash: null },
  { ...row('ed448', '1.3.101.113', 'absent', 'shake256', 'ed448'), hash: null },
  ...postQuantum,
]

/** Known and refused, unless a caller that has to read old signatures asks for them. */
export const brokenSignatureAlgorithms: readonly SignatureAlgorithm<BrokenSignatureAlgorithmName>[] = [
  row('rsa-pkcs1-md5', '1.2.840.113549.1.1.4', 'null', 'md5', 'rsa'),
  row('rsa-pkcs1-sha1', '1.2.840.113549.1.1.5', 'null', 'sha1', 'rsa'),
  row('rsa-pss-sha1', rsassaPss, 'pss', 'sha1', 'rsa'),
  row('ecdsa-sha1', '1.2.840.10045.4.1', 'absent', 'sha1', 'ecdsa'),
  row('rsa-pkcs1-sha224', '1.2.840.113549.1.1.14', 'null', 'sha224', 'rsa'),
  row('ecdsa-sha224', '1.2.840.10045.4.3.1', 'absent', 'sha224', 'ecdsa'),
]

/** Broken, and not even verified on request. */
const refused: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'md2WithRSAEncryption'],
  ['1.3.14.3.2.29', 'sha1WithRSA'],
  ['1.2.840.10040.4.3', 'dsa-with-SHA1'],
])

const all: readonly AnySignatureAlgorithm[] = [...signatureAlgorithms, ...brokenSignatureAlgorithms]
const byName = new Map<string, AnySignatureAlgorithm>(all.map((algorithm) => [algorithm.name, algorithm]))
const sound = new Set<string>(signatureAlgorithms.map(({ name }) => name))

/** The descriptor of an algorithm by its name. */
export function signatureAlgorithm<N extends SignatureAlgorithmName | BrokenSignatureAlgorithmName>(
  name: N,
): SignatureAlgorithm<N> {
  const found = byName.get(name)
  if (found === undefined) throw new CertwrightError('algorithm', `signature algorithm "${name}" is not known`)
  return found as SignatureAlgorithm<N>
}

/** Whether an algorithm is one of those that are made, not one of the broken ones. */
export const isSoundSignatureAlgorithm = (name: string): name is SignatureAlgorithmName => sound.has(name)

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
  return signatureSchemeOf(identifier).name
}

/**
 * The algorithm that an AlgorithmIdentifier names, with the salt length for RSASSA-PSS.
 *
 * @throws CertwrightError `algorithm` when it is unknown, broken (MD5, SHA-1, SHA-224), or has parameters that the
 * algorithm does not allow.
 */
export function signatureSchemeOf(identifier: AlgorithmIdentifier): SignatureScheme {
  const { name, ...rest } = anySignatureSchemeOf(identifier)
  if (isSoundSignatureAlgorithm(name)) return { name, ...rest }
  throw tooWeak(name)
}

/**
 * As `signatureSchemeOf`, but the broken algorithms of the table count as well: for reading what old clients sign. What
 * they prove is for the caller to judge.
 *
 * @throws CertwrightError `algorithm` when it is unknown or has parameters that the algorithm does not allow.
 */
export function anySignatureSchemeOf(
  identifier: AlgorithmIdentifier,
): SignatureScheme<SignatureAlgorithmName | BrokenSignatureAlgorithmName> {
  const { algorithm: oid } = identifier
  const weak = refused.get(oid)
  if (weak !== undefined) throw tooWeak(weak)
  if (oid === rsassaPss) return pssSchemeOf(identifier.parameters)
  const found = all.find((candidate) => candidate.oid === oid)
  if (found === undefined) throw new CertwrightError('algorithm', `signature algorithm ${oid} is not supported`)
  if (!parametersFit(found, identifier)) throw badParameters(oid)
  return { name: found.name }
}

const tooWeak = (name: string): CertwrightError =>
  new CertwrightError('algorithm', `signature algorithm ${name} is too weak; use SHA-256 or stronger`)

const badParameters = (oid: string): CertwrightError =>
  new CertwrightError('algorithm', `signature algorithm ${oid} has unsupported parameters`)

/** RFC 4055 section 5: for RSA, absent and NULL are to be treated alike. ECDSA, EdDSA and the rest have none. */
function parametersFit({ parameters }: AnySignatureAlgorithm, identifier: AlgorithmIdentifier): boolean {
  return identifier.parameters === undefined || (parameters === 'null' && isWithoutParameters(identifier))
}

/** The hash of PSS is in its parameters. */
function pssSchemeOf(
  parameters: Uint8Array | undefined,
): SignatureScheme<SignatureAlgorithmName | BrokenSignatureAlgorithmName> {
  const read = parameters === undefined ? undefined : readPssParameters(parameters)
  const found = all.find(({ oid, hash }) => oid === rsassaPss && hash !== null && hash === read?.hash)
  if (read === undefined || found === undefined) throw badParameters(rsassaPss)
  return { name: found.name, saltLength: read.saltLength }
}

const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'

/**
 * The signature algorithm of a CMS SignerInfo, where the identifier may name only the kind of key and leave the hash to
 * `digestAlgorithm` (RFC 3370 section 3.2, RFC 5754 section 3).
 *
 * @throws CertwrightError `algorithm` when it is unknown or does not fit the digest algorithm.
 */
export function signerSchemeOf(
  signature: AlgorithmIdentifier,
  digest: AlgorithmIdentifier,
): SignatureScheme<SignatureAlgorithmName | BrokenSignatureAlgorithmName> {
  const family = keyKinds.get(signature.algorithm)
  if (family === undefined) return anySignatureSchemeOf(signature)
  const hash = hashAlgorithmOf(digest)
  const found = all.find((row) => row.family === family && row.hash === hash && row.parameters !== 'pss')
  if (found === undefined) throw badParameters(signature.algorithm)
  return { name: found.name }
}

const keyKinds: ReadonlyMap<string, SignatureKeyFamily> = new Map([
  [rsaEncryption, 'rsa'],
  [ecPublicKey, 'ecdsa'],
])

/**
 * The AlgorithmIdentifier to write in a SignerInfo: for RSA PKCS #1 v1.5 the kind of key alone, as RFC 3370 section 3.2
 * has it and every reader understands; the hash is in the digest algorithm.
 */
export function signerAlgorithmIdentifier(name: SignatureAlgorithmName): AlgorithmIdentifier {
  const { family, parameters } = signatureAlgorithm(name)
  if (family === 'rsa' && parameters === 'null') return { algorithm: rsaEncryption, parameters: derNull }
  return signatureAlgorithmIdentifier(name)
}
