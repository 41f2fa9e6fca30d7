import type { BrokenSignatureAlgorithmName, SignatureAlgorithmName } from '../algorithms/index.js'
import {
  anySignatureSchemeOf,
  describeKeyInfo,
  isSoundSignatureAlgorithm,
  keyStrength,
  type PublicKeyDescription,
  type SignatureScheme,
  signatureAlgorithm,
} from '../algorithms/index.js'
import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { AlgorithmIdentifier, type SubjectPublicKeyInfo } from '../x509/index.js'
import type { Budget } from './budget.js'
import { type Finding, finding } from './failures.js'
import type { AlgorithmPolicy } from './types.js'

/** Bits of strength that keys have at least: RSA of 2048 bits. */
const defaultStrength = 112

/** A key that signatures are verified with. */
export interface VerificationKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly publicKeyInfo: SubjectPublicKeyInfo
}

/** What was signed: a certificate or a CRL. */
export interface SignedPart {
  readonly bytes: Uint8Array
  /** The algorithm named inside the signed part. */
  readonly inner: AlgorithmIdentifier
  /** The algorithm named beside the signature. */
  readonly outer: AlgorithmIdentifier
  readonly signature: { readonly unusedBits: number; readonly bytes: Uint8Array }
}

/** Whether a key is of a known kind and strong enough; `undefined` when it is. */
export function keyFault(key: SubjectPublicKeyInfo, policy: AlgorithmPolicy = {}): Finding | undefined {
  const described = describe(key)
  if ('code' in described) return described
  const least = policy.minStrength ?? defaultStrength
  const strength = keyStrength(described)
  if (strength >= least) return undefined
  const { family, bits } = described
  return finding(
    'weak-key',
    `the ${family} key of ${bits} bits has a strength of ${strength} bits; ${least} are needed`,
  )
}

function describe(key: SubjectPublicKeyInfo): PublicKeyDescription | Finding {
  try {
    return describeKeyInfo(key)
  } catch (error) {
    if (error instanceof CertwrightError) return finding('algorithm', error.message)
    throw error
  }
}

type Scheme = SignatureScheme<SignatureAlgorithmName | BrokenSignatureAlgorithmName>

/** Faults of the signature algorithm that need no key: unknown, broken, or another inside than outside. */
export function algorithmFault(
  { inner, outer }: Pick<SignedPart, 'inner' | 'outer'>,
  policy?: AlgorithmPolicy,
): Finding | undefined {
  if (!equalBytes(AlgorithmIdentifier.encode(inner), AlgorithmIdentifier.encode(outer))) {
    return finding('algorithm-mismatch', 'the signature algorithm inside is another than the one beside the signature')
  }
  const scheme = schemeOf(outer, policy)
  return 'code' in scheme ? scheme : undefined
}

function schemeOf(identifier: AlgorithmIdentifier, policy: AlgorithmPolicy = {}): Scheme | Finding {
  try {
    const scheme = anySignatureSchemeOf(identifier)
    const { name } = scheme
    if (isSoundSignatureAlgorithm(name) || policy.allowBroken?.includes(name) === true) return scheme
    return finding('algorithm', `the signature algorithm ${name} is broken`)
  } catch (error) {
    if (error instanceof CertwrightError) return finding('algorithm', error.message)
    throw error
  }
}

/** Whether keys of this kind make such signatures (RFC 4055 section 1.2 for keys that are for RSASSA-PSS only). */
function fits({ family, parameterSet, pss }: PublicKeyDescription, { name, saltLength }: Scheme): boolean {
  const algorithm = signatureAlgorithm(name)
  if (algorithm.family !== family || algorithm.parameterSet !== parameterSet) return false
  if (pss === undefined) return true
  if (algorithm.parameters !== 'pss') return false
  return (pss.hash ?? algorithm.hash) === algorithm.hash && (pss.saltLength ?? 0) <= (saltLength ?? 0)
}

/** Verifies signatures and remembers them, within a budget. */
export interface Verifier {
  /** Why the part was not signed by the key; `undefined` when it was. */
  verify(part: SignedPart, key: VerificationKey): Promise<Finding | undefined>
}

/** A verifier for one answer. */
export function createVerifier(crypto: CryptoBackend, budget: Budget, policy?: AlgorithmPolicy): Verifier {
  const done = new WeakMap<Uint8Array, { readonly publicKey: Uint8Array; readonly result: Finding | undefined }[]>()

  async function work(part: SignedPart, key: VerificationKey): Promise<Finding | undefined> {
    const unsound = algorithmFault(part, policy)
    if (unsound !== undefined) return unsound
    const scheme = schemeOf(part.outer, policy)
    if ('code' in scheme) return scheme
    const described = describe(key.publicKeyInfo)
    if ('code' in described) return described
    if (!fits(described, scheme)) {
      return finding('signature', `the key above is of another kind than the signature algorithm ${scheme.name}`)
    }
    const { bytes, unusedBits } = part.signature
    budget.spend('signatures')
    const options = scheme.saltLength === undefined ? {} : { saltLength: scheme.saltLength }
    const good = unusedBits === 0 && (await crypto.verify(scheme.name, key.publicKey, part.bytes, bytes, options))
    return good ? undefined : finding('signature', 'the signature does not verify with the key above')
  }

  return Object.freeze({
    async verify(part: SignedPart, key: VerificationKey) {
      const list = done.get(part.bytes) ?? []
      const found = list.find(({ publicKey }) => equalBytes(publicKey, key.publicKey))
      if (found !== undefined) return found.result
      const result = await work(part, key)
      done.set(part.bytes, [...list, { publicKey: key.publicKey, result }])
      return result
    },
  })
}
