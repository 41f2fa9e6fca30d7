import type { LintRule } from '../../rule.js'

export const brCrlDistributionPointsNotCritical: LintRule = {
  id: 'br-crl-distribution-points-not-critical',
  source: 'cabf-br',
  level: 'error',
  description: 'cRLDistributionPoints is not critical.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.11.2',
  effective: '2012-07-01',
  applies: ({ publicTls, extension }) => publicTls && extension.cRLDistributionPoints !== undefined,
  check: ({ extension }) =>
    extension.cRLDistributionPoints?.critical === true ? 'cRLDistributionPoints is critical' : undefined,
}
