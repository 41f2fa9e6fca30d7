/**
 * Rules about certificates, checked over the real TBSCertificate before every signature.
 *
 * @module
 */
export { LintError, lint, lintRules } from './lint.js'
export type { LintFinding, LintRule, LintSubject } from './rule.js'
