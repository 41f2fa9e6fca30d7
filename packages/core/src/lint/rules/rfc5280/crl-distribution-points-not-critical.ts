import type { LintRule } from '../../rule.js'

export const crlDistributionPointsNotCritical: LintRule = {
  id: 'crl-distribution-points-not-critical',
  source: 'rfc5280',
  level: 'warning',
  description: 'cRLDistributionPoints is not critical.',
  citation: 'RFC 5280 section 4.2.1.13',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.cRLDistributionPoints !== undefined,
  check: ({ extension }) =>
    extension.cRLDistributionPoints?.critical === true ? 'cRLDistributionPoints is critical' : undefined,
}
