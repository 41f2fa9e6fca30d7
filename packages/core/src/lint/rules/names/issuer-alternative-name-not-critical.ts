import type { LintRule } from '../../rule.js'

export const issuerAlternativeNameNotCritical: LintRule = {
  id: 'issuer-alternative-name-not-critical',
  source: 'rfc5280',
  level: 'warning',
  description: 'issuerAltName is not critical.',
  citation: 'RFC 5280 section 4.2.1.7',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.issuerAltName !== undefined,
  check: ({ extension }) => (extension.issuerAltName?.critical === true ? 'issuerAltName is critical' : undefined),
}
