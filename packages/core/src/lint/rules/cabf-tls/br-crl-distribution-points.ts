import type { LintRule } from '../../rule.js'
import { crlPointFault } from '../helpers/forum.js'

export const brCrlDistributionPoints: LintRule = {
  id: 'br-crl-distribution-points',
  source: 'cabf-br',
  level: 'error',
  description: 'CRL distribution points hold an HTTP URL as fullName and nothing else.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.11.2',
  effective: '2023-09-15',
  applies: ({ publicTls, value }) => publicTls && value.cRLDistributionPoints !== undefined,
  check: (view) => crlPointFault(view),
}
