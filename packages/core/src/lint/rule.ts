import type { TBSCertificate } from '../x509/index.js'

/** What a rule sees: the certificate to be signed, decoded from the very bytes that will be signed. */
export interface LintSubject {
  readonly tbs: TBSCertificate
  /** DER TBSCertificate. */
  readonly bytes: Uint8Array
  /** The issuing certificate's TBS; absent when the certificate is self-signed. */
  readonly issuer?: TBSCertificate
}

/** One requirement on a certificate, with its source. */
export interface LintRule {
  /** Unique, lower-case with hyphens; waivers name it. */
  readonly id: string
  /** Errors stop the issuance; warnings go to the audit. */
  readonly level: 'error' | 'warning'
  /** The section that demands it. */
  readonly citation: string
  /** Whether the rule speaks about this certificate. */
  applies(subject: LintSubject): boolean
  /** `undefined` when the rule holds; otherwise what is wrong. */
  check(subject: LintSubject): string | undefined
}

/** A rule that does not hold. */
export interface LintFinding {
  readonly rule: string
  readonly level: LintRule['level']
  readonly citation: string
  readonly message: string
}
