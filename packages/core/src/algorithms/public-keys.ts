import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { KeyType } from '../ports/index.js'
import { EcParameters, RsaPublicKey, SubjectPublicKeyInfo } from '../x509/index.js'
import type { SignatureAlgorithmName } from './names.js'
import type { KeyFamily } from './signatures.js'

/** Named curves that are accepted (RFC 5480 section 2.1.1.1). */
export type CurveName = 'p256' | 'p384' | 'p521'

/** What a SubjectPublicKeyInfo holds, for key rules and audit. */
export interface PublicKeyDescription {
  readonly family: KeyFamily
  /** Size in bits: of the modulus for RSA, of the field for elliptic curves. */
  readonly bits: number
  /** Only for `ecdsa`. */
  readonly curve?: CurveName
  /** Only for `rsa`: the public exponent. */
  readonly exponent?: bigint
}

const curves: ReadonlyMap<string, { readonly curve: CurveName; readonly bits: number; readonly octets: number }> =
  new Map([
    ['1.2.840.10045.3.1.7', { curve: 'p256', bits: 256, octets: 32 }],
    ['1.3.132.0.34', { curve: 'p384', bits: 384, octets: 48 }],
    ['1.3.132.0.35', { curve: 'p521', bits: 521, octets: 66 }],
  ])

const edwards: ReadonlyMap<
  string,
  { readonly family: 'ed25519' | 'ed448'; readonly bits: number; readonly octets: number }
> = new Map([
  ['1.3.101.112', { family: 'ed25519', bits: 255, octets: 32 }],
  ['1.3.101.113', { family: 'ed448', bits: 448, octets: 57 }],
])

const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'

/** The largest RSA modulus that is looked at: beyond it, verifying costs an attacker nothing and us much. */
const maxRsaBits = 16384

/** One key type: what CAs generate and profiles allow, and the algorithm a CA key of this type signs with. */
export interface KeyTypeRule {
  readonly type: KeyType
  readonly family: KeyFamily
  readonly bits: number
  readonly signs: SignatureAlgorithmName
}

/** Key types with the signature algorithm that goes with each, as DESIGN's reference platform pairs them. */
export const keyTypes: readonly KeyTypeRule[] = [
  { type: 'ecdsa-p256', family: 'ecdsa', bits: 256, signs: 'ecdsa-sha256' },
  { type: 'ecdsa-p384', family: 'ecdsa', bits: 384, signs: 'ecdsa-sha384' },
  { type: 'ecdsa-p521', family: 'ecdsa', bits: 521, signs: 'ecdsa-sha512' },
  { type: 'rsa-2048', family: 'rsa', bits: 2048, signs: 'rsa-pkcs1-sha256' },
  { type: 'rsa-3072', family: 'rsa', bits: 3072, signs: 'rsa-pkcs1-sha256' },
  { type: 'rsa-4096', family: 'rsa', bits: 4096, signs: 'rsa-pkcs1-sha512' },
  { type: 'ed25519', family: 'ed25519', bits: 255, signs: 'ed25519' },
  { type: 'ed448', family: 'ed448', bits: 448, signs: 'ed448' },
]

/** The rule of a key type. */
export function keyTypeRule(type: KeyType): KeyTypeRule {
  const rule = keyTypes.find((candidate) => candidate.type === type)
  if (rule === undefined) throw new CertwrightError('algorithm', `key type "${type}" is not known`)
  return rule
}

/** The key type of a described key, or `undefined` where its size is none of the standard ones. */
export function keyTypeOf({ family, bits }: PublicKeyDescription): KeyType | undefined {
  return keyTypes.find((rule) => rule.family === family && rule.bits === bits)?.type
}

/**
 * Reads a DER SubjectPublicKeyInfo: RSA (RFC 8017), elliptic curves by name with an uncompressed point (RFC 5480),
 * Ed25519 and Ed448 (RFC 8410). Whether the point lies on the curve is left to the crypto backend, which refuses it
 * when the proof of possession is verified.
 *
 * @throws CertwrightError `algorithm` for another algorithm, curve or form; `asn1` for malformed bytes.
 */
export function describePublicKey(publicKey: Uint8Array): PublicKeyDescription {
  const { algorithm, subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  if (subjectPublicKey.unusedBits !== 0) throw malformed('the key is not a whole number of octets')
  if (algorithm.algorithm === rsaEncryption) return describeRsa(subjectPublicKey.bytes)
  if (algorithm.algorithm === ecPublicKey) return describeEc(algorithm.parameters, subjectPublicKey.bytes)
  const curve = edwards.get(algorithm.algorithm)
  if (curve === undefined) {
    throw new CertwrightError('algorithm', `public key algorithm ${algorithm.algorithm} is not supported`)
  }
  if (algorithm.parameters !== undefined) throw malformed('an EdDSA key has no parameters')
  if (subjectPublicKey.bytes.length !== curve.octets)
    throw malformed(`an ${curve.family} key has ${curve.octets} octets`)
  return { family: curve.family, bits: curve.bits }
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
