import type { LintRule } from '../../rule.js'

export const distributionPointComplete: LintRule = {
  id: 'distribution-point-complete',
  source: 'rfc5280',
  level: 'error',
  description: 'Every distribution point names where the CRL is or who issues it.',
  citation: 'RFC 5280 section 4.2.1.13',
  effective: '2008-05-01',
  applies: ({ value }) => value.cRLDistributionPoints !== undefined || value.freshestCRL !== undefined,
  check: ({ value: { cRLDistributionPoints = [], freshestCRL = [] } }) =>
    [...cRLDistributionPoints, ...freshestCRL].some(
      ({ distributionPoint, cRLIssuer }) => distributionPoint === undefined && cRLIssuer === undefined,
    )
      ? 'a distribution point names neither a place nor an issuer'
      : undefined,
}
