import type { RevokedCertificate } from '../x509/index.js'
import type { CertificateView } from './certificate-view.js'
import type { CrlView } from './crl-view.js'

/**
 * Where a rule comes from. Rules of `rfc5280`, `algorithms` (how keys and signatures appear in certificates), `protocols`
 * (OCSP, timestamping, Certificate Transparency and others) and `practice` (cryptographic strength, and what software
 * stumbles over) are for every certificate. The requirements of the CA/Browser Forum are for certificates that claim to
 * follow them by a policy identifier of the Forum, and for those whose profile asks for them.
 */
export type LintSource =
  | 'rfc5280'
  | 'algorithms'
  | 'protocols'
  | 'practice'
  | 'cabf-br'
  | 'cabf-smime'
  | 'cabf-code-signing'

/** Errors stop the signature; warnings and notices go to the audit. */
export type LintLevel = 'error' | 'warning' | 'notice'

/** One requirement, with its source. `V` is what it looks at. */
export interface Rule<V> {
  /** Unique, lower-case with hyphens; waivers name it. */
  readonly id: string
  readonly source: LintSource
  readonly level: LintLevel
  /** The requirement in one sentence. */
  readonly description: string
  /** The section that demands it. */
  readonly citation: string
  /** First day (UTC) on which it counts, `YYYY-MM-DD`: compared with notBefore, or thisUpdate of a CRL. */
  readonly effective: string
  /** Whether the rule speaks about this one. */
  applies(view: V): boolean
  /** `undefined` when the rule holds; otherwise what is wrong. */
  check(view: V): string | undefined
}

/** A requirement on certificates. */
export type LintRule = Rule<CertificateView>

/** A requirement on CRLs as a whole. */
export type CrlLintRule = Rule<CrlView>

/** A requirement on the entries of CRLs, which may be very many. */
export interface CrlEntryLintRule extends Omit<Rule<CrlView>, 'check'> {
  /** Gives what is called with each entry in order, until it says what is wrong. */
  begin(view: CrlView): (entry: RevokedCertificate) => string | undefined
}

/** A rule that does not hold. */
export interface LintFinding {
  readonly rule: string
  readonly level: LintLevel
  readonly citation: string
  readonly message: string
  /** The reason of the profile for letting it pass, when it waives the rule. */
  readonly waived?: string
}

/** Which rules count for the certificates of a profile. Plain data. */
export interface LintPolicy {
  /** Rule sets that apply although no policy identifier in the certificate says so. */
  readonly sources?: readonly LintSource[]
  /** Rules that may be broken: the id of each with the reason, which goes to the audit. */
  readonly waive?: Readonly<Record<string, string>>
}
