import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { type AlgorithmIdentifier, EcParameters, RsaPublicKey, SubjectPublicKeyInfo } from '../x509/index.js'
import type { HashName } from './names.js'
import { type ParameterSetName, parameterSetOf } from './post-quantum.js'
import { readPssParameters } from './pss.js'
import type { SignatureKeyFamily } from './signatures.js'

/** Named curves that are accepted (RFC 5480 section 2.1.1.1). */
export type CurveName = 'p256' | 'p384' | 'p521'

/** The families of public keys. */
export type KeyFamily = SignatureKeyFamily | 'x25519' | 'x448' | 'ml-kem'

/** What a SubjectPublicKeyInfo holds, for key rules and audit. */
export interface PublicKeyDescription {
  readonly family: KeyFamily
  /**
   * Size in bits: of the modulus for RSA, of the field for elliptic curves; for post-quantum keys the strength that
   * their security category stands for (128, 192 or 256).
   */
  readonly bits: number
  /** Only for `ecdsa`. */
  readonly curve?: CurveName
  /** Only for `rsa`: the public exponent. */
  readonly exponent?: bigint
  /** Only for `rsa` keys that may be used with RSASSA-PSS alone: the hash and the least salt they ask for, if they do. */
  readonly pss?: { readonly hash?: HashName; readonly saltLength?: number }
  /** Only for `ml-dsa`, `slh-dsa` and `ml-kem`. */
  readonly parameterSet?: ParameterSetName
}

const curves: ReadonlyMap<string, { readonly curve: CurveName; readonly bits: number; readonly octets: number }> =
  new Map([
    ['1.2.840.10045.3.1.7', { curve: 'p256', bits: 256, octets: 32 }],
    ['1.3.132.0.34', { curve: 'p384', bits: 384, octets: 48 }],
    ['1.3.132.0.35', { curve: 'p521', bits: 521, octets: 66 }],
  ])

const edwards: ReadonlyMap<
  string,
  { readonly family: 'ed25519' | 'ed448' | 'x25519' | 'x448'; readonly bits: number; readonly octets: number }
> = new Map([
  ['1.3.101.110', { family: 'x25519', bits: 255, octets: 32 }],
  ['1.3.101.111', { family: 'x448', bits: 448, octets: 56 }],
  ['1.3.101.112', { family: 'ed25519', bits: 255, octets: 32 }],
  ['1.3.101.113', { family: 'ed448', bits: 448, octets: 57 }],
])

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsassaPss = '1.2.840.113549.1.1.10'
const ecPublicKey = '1.2.840.10045.2.1'

/** The largest RSA modulus that is looked at: beyond it, verifying costs an attacker nothing and us much. */
const maxRsaBits = 16384

/**
 * Reads a DER SubjectPublicKeyInfo: RSA (RFC 8017) with or without the restriction to PSS (RFC 4055), elliptic curves by
 * name with an uncompressed point (RFC 5480), Ed25519, Ed448, X25519 and X448 (RFC 8410), ML-DSA (RFC 9881), SLH-DSA
 * (RFC 9909) and ML-KEM (RFC 9935). Whether the point lies on the curve is left to the crypto backend, which refuses it
 * when the proof of possession is verified.
 *
 * @throws CertwrightError `algorithm` for another algorithm, curve or form; `asn1` for malformed bytes.
 */
export const describePublicKey = (publicKey: Uint8Array): PublicKeyDescription =>
  describeKeyInfo(SubjectPublicKeyInfo.decode(publicKey))

/** As `describePublicKey`, for a key that is decoded already. */
export function describeKeyInfo({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): PublicKeyDescription {
  if (subjectPublicKey.unusedBits !== 0) throw malformed('the key is not a whole number of octets')
  if (algorithm.algorithm === rsaEncryption) return describeRsa(subjectPublicKey.bytes)
  if (algorithm.algorithm === rsassaPss) {
    return { ...describeRsa(subjectPublicKey.bytes), ...pssRestriction(algorithm.parameters) }
  }
  if (algorithm.algorithm === ecPublicKey) return describeEc(algorithm.parameters, subjectPublicKey.bytes)
  return describeOctets(algorithm, subjectPublicKey.bytes)
}

/** The kinds of key that are one string of octets of fixed length, without parameters. */
function describeOctets({ algorithm, parameters }: AlgorithmIdentifier, key: Uint8Array): PublicKeyDescription {
  const set = parameterSetOf(algorithm)
  const curve = edwards.get(algorithm)
  if (set === undefined && curve === undefined) {
    throw new CertwrightError('algorithm', `public key algorithm ${algorithm} is not supported`)
  }
  const name = set?.name ?? curve?.family
  const length = set?.publicKey ?? curve?.octets
  if (parameters !== undefined) throw malformed(`the key algorithm ${name} has no parameters`)
  if (key.length !== length) throw malformed(`the ${name} key has ${key.length} octets instead of ${length}`)
  if (set !== undefined) return { family: set.family, bits: set.bits, parameterSet: set.name }
  return { family: curve?.family ?? 'ed25519', bits: curve?.bits ?? 0 }
}

/** Keys for RSASSA-PSS only may say with which hash; without parameters any goes (RFC 4055 section 1.2). */
function pssRestriction(parameters: Uint8Array | undefined): Pick<PublicKeyDescription, 'pss'> {
  if (parameters === undefined) return { pss: {} }
  const read = readPssParameters(parameters)
  if (read === undefined) throw malformed('the RSASSA-PSS parameters of the key are not supported')
  return { pss: { hash: read.hash, saltLength: read.saltLength } }
}

function describeRsa(bytes: Uint8Array): PublicKeyDescription {
  const { modulus, publicExponent } = decodeKey(() => RsaPublicKey.decode(bytes))
  if (modulus <= 0n) throw malformed('the RSA modulus is not positive')
  const bits = modulus.toString(2).length
  if (bits > maxRsaBits) throw malformed(`the RSA modulus has more than ${maxRsaBits} bits`)
  if ((modulus & 1n) === 0n) throw malformed('the RSA modulus is even')
  if (publicExponent < 3n || (publicExponent & 1n) === 0n || publicExponent >= modulus) {
    throw malformed('the RSA public exponent is not an odd number between 3 and the modulus')
  }
  return { family: 'rsa', bits, exponent: publicExponent }
}

function describeEc(parameters: Uint8Array | undefined, point: Uint8Array): PublicKeyDescription {
  if (parameters === undefined) throw malformed('an elliptic curve key names its curve')
  const oid = decodeKey(() => EcParameters.decode(parameters))
  const curve = curves.get(oid)
  if (curve === undefined) throw new CertwrightError('algorithm', `elliptic curve ${oid} is not supported`)
  if (point[0] !== 0x04 || point.length !== 1 + 2 * curve.octets) {
    throw malformed('the elliptic curve point is not in uncompressed form')
  }
  return { family: 'ecdsa', bits: curve.bits, curve: curve.curve }
}

function decodeKey<T>(decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (error instanceof Asn1Error)
      throw new CertwrightError('algorithm', `malformed public key: ${error.message}`, { cause: error })
    throw error
  }
}

const malformed = (text: string): CertwrightError => new CertwrightError('algorithm', `malformed public key: ${text}`)

/**
 * Bits of strength of a key against the best attack known on a classical computer (NIST SP 800-57 part 1, table 2);
 * for post-quantum keys, what their security category stands for.
 */
export function keyStrength({ family, bits }: PublicKeyDescription): number {
  if (family !== 'rsa') return family === 'ed448' || family === 'x448' ? 224 : strengthOf(family, bits)
  return rsaStrengths.find(([size]) => bits >= size)?.[1] ?? 0
}

const strengthOf = (family: KeyFamily, bits: number): number =>
  family === 'ml-dsa' || family === 'slh-dsa' || family === 'ml-kem' ? bits : Math.min(256, Math.ceil(bits / 2))

const rsaStrengths: readonly (readonly [bits: number, strength: number])[] = [
  [15360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80],
]
