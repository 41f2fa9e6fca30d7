import type { LintPolicy } from '../lint/index.js'
import type { KeyType } from '../ports/index.js'
import type { KeyUsageBit } from './key-usage.js'

/**
 * What a certificate profile allows and decides, as plain JSON data. `compileProfile` checks it and makes the
 * `Profile` that can be evaluated; nothing evaluates a config directly.
 */
export interface ProfileConfig {
  /** Lower-case letters, digits and hyphens, 3 to 80 characters. */
  readonly id: string
  readonly description?: string
  /** What the certificate is: the trust anchor, a CA below it, or neither. */
  readonly kind: 'root' | 'intermediate' | 'end-entity'
  readonly validity: {
    /** Length when the requester asks for none: ISO 8601 duration of years, months, weeks, days, hours, minutes, seconds. */
    readonly default: string
    /** How far before the present moment notBefore lies, for devices whose clocks are slow; at most 48 hours. */
    readonly backdate?: string
  }
  /** The types of subject key that are certified. */
  readonly keys: { readonly allowed: readonly KeyType[] }
  readonly subject: {
    /** Whether the subject may be empty; then a subject alternative name is required and critical (RFC 5280 section 4.2.1.6). */
    readonly empty: 'allowed' | 'refused'
  }
  /** Whether the subject alternative name of the request is certified. */
  readonly subjectAlternativeName: 'from-request' | 'required' | 'never'
  readonly basicConstraints: { readonly cA: boolean; readonly pathLenConstraint?: number }
  /** The critical keyUsage extension; the profile alone decides it. */
  readonly keyUsage: readonly KeyUsageBit[]
  /** The extendedKeyUsage extension: purposes always present, and whether the request may add some. */
  readonly extendedKeyUsage?: {
    readonly always?: readonly string[]
    readonly fromRequest?: boolean
    readonly critical?: boolean
  }
  /** OIDs of further extensions that are copied from the request, never as critical. */
  readonly requestExtensions: readonly string[]
  /** Present when the CA publishes the thing pointed at, or never. */
  readonly crlDistributionPoints: 'if-published' | 'never'
  readonly authorityInfoAccess: 'if-published' | 'never'
  readonly authorityKeyIdentifier: boolean
  /** Sets of lint rules to apply beside those that apply by themselves, and rules to waive, each with a reason. */
  readonly lint?: LintPolicy
}
