/**
 * Rules about certificates and CRLs, checked over the real TBSCertificate and TBSCertList before every signature.
 *
 * @module
 */
export { type CertificateView, certificateView, type LintSubject } from './certificate-view.js'
export { type CrlLintSubject, type CrlView, crlView } from './crl-view.js'
export type { ExtensionValues, KnownExtensions, ReadExtensions } from './extension-values.js'
export { crlLintRules, LintError, lint, lintCrl, lintRules, lintView } from './lint.js'
export { type LintPolicyFault, lintPolicyFaults, lintSources } from './policy.js'
export type {
  CrlEntryLintRule,
  CrlLintRule,
  LintFinding,
  LintLevel,
  LintPolicy,
  LintRule,
  LintSource,
  Rule,
} from './rule.js'
export type { NameAttribute } from './subject-attributes.js'
