import { CertwrightError } from '../errors.js'
import type { KeyType, SigningKeyType } from '../ports/index.js'
import type { SignatureAlgorithmName } from './names.js'
import { type ParameterSet, parameterSets } from './post-quantum.js'
import type { KeyFamily, PublicKeyDescription } from './public-keys.js'

/** One key type: what keystores generate and profiles allow, and the algorithm a CA key of this type signs with. */
export interface KeyTypeRule {
  readonly type: KeyType
  readonly family: KeyFamily
  /** As in `PublicKeyDescription`. */
  readonly bits: number
  /** `null` for keys that agree on or encapsulate secrets and cannot sign. */
  readonly signs: SignatureAlgorithmName | null
}

/** A key type that can sign. */
export interface SigningKeyTypeRule extends KeyTypeRule {
  readonly type: SigningKeyType
  readonly signs: SignatureAlgorithmName
}

const postQuantum = ({ name, family, bits }: ParameterSet): KeyTypeRule =>
  ({ type: name, family, bits, signs: family === 'ml-kem' ? null : name }) as KeyTypeRule

/** Key types with the signature algorithm that goes with each. */
export const keyTypes: readonly KeyTypeRule[] = [
  { type: 'ecdsa-p256', family: 'ecdsa', bits: 256, signs: 'ecdsa-sha256' },
  { type: 'ecdsa-p384', family: 'ecdsa', bits: 384, signs: 'ecdsa-sha384' },
  { type: 'ecdsa-p521', family: 'ecdsa', bits: 521, signs: 'ecdsa-sha512' },
  { type: 'rsa-2048', family: 'rsa', bits: 2048, signs: 'rsa-pkcs1-sha256' },
  { type: 'rsa-3072', family: 'rsa', bits: 3072, signs: 'rsa-pkcs1-sha256' },
  { type: 'rsa-4096', family: 'rsa', bits: 4096, signs: 'rsa-pkcs1-sha512' },
  { type: 'rsa-8192', family: 'rsa', bits: 8192, signs: 'rsa-pkcs1-sha512' },
  { type: 'ed25519', family: 'ed25519', bits: 255, signs: 'ed25519' },
  { type: 'ed448', family: 'ed448', bits: 448, signs: 'ed448' },
  { type: 'x25519', family: 'x25519', bits: 255, signs: null },
  { type: 'x448', family: 'x448', bits: 448, signs: null },
  ...parameterSets.map(postQuantum),
]

/** The key types that can sign. */
export const signingKeyTypes: readonly SigningKeyType[] = keyTypes
  .filter((rule): rule is SigningKeyTypeRule => rule.signs !== null)
  .map(({ type }) => type)

/** Whether keys of this type can sign. */
export const isSigningKeyType = (type: string): type is SigningKeyType =>
  signingKeyTypes.some((candidate) => candidate === type)

/** The rule of a key type. */
export function keyTypeRule(type: SigningKeyType): SigningKeyTypeRule
export function keyTypeRule(type: KeyType): KeyTypeRule
export function keyTypeRule(type: KeyType): KeyTypeRule {
  const rule = keyTypes.find((candidate) => candidate.type === type)
  if (rule === undefined) throw new CertwrightError('algorithm', `key type "${type}" is not known`)
  return rule
}

/** The key type of a described key, or `undefined` where its size is none of the standard ones. */
export function keyTypeOf({ family, bits, parameterSet }: PublicKeyDescription): KeyType | undefined {
  return parameterSet ?? keyTypes.find((rule) => rule.family === family && rule.bits === bits)?.type
}
