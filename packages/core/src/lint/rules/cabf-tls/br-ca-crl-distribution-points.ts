import { isTlsSubordinate } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brCaCrlDistributionPoints: LintRule = {
  id: 'br-ca-crl-distribution-points',
  source: 'cabf-br',
  level: 'error',
  description: 'A subordinate CA has a CRL distribution point.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.10.1 and 7.1.2.11.2',
  effective: '2012-07-01',
  applies: isTlsSubordinate,
  check: ({ extension }) =>
    extension.cRLDistributionPoints === undefined ? 'a subordinate CA without cRLDistributionPoints' : undefined,
}
