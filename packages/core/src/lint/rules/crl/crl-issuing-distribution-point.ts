import type { CrlLintRule } from '../../rule.js'

export const crlIssuingDistributionPoint: CrlLintRule = {
  id: 'crl-issuing-distribution-point',
  source: 'rfc5280',
  level: 'error',
  description:
    'The issuing distribution point is critical, not empty, and at most one of its three restrictions to kinds is set.',
  citation: 'RFC 5280 section 5.2.5',
  effective: '2008-05-01',
  applies: ({ value }) => value.issuingDistributionPoint !== undefined,
  check({ extension, value: { issuingDistributionPoint: point } }) {
    if (extension.issuingDistributionPoint?.critical !== true) return 'issuingDistributionPoint is not critical'
    if (point === undefined) return undefined
    const kinds = [point.onlyContainsUserCerts, point.onlyContainsCACerts, point.onlyContainsAttributeCerts]
    const restricted = kinds.filter(Boolean).length
    if (restricted > 1) return 'issuingDistributionPoint restricts the CRL to two kinds of certificate'
    const says = point.distributionPoint ?? point.onlySomeReasons
    return says === undefined && restricted === 0 && !point.indirectCRL
      ? 'issuingDistributionPoint is empty'
      : undefined
  },
}
