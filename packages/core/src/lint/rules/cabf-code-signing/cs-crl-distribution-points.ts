import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { crlPointFault } from '../helpers/forum.js'

export const csCrlDistributionPoints: LintRule = {
  id: 'cs-crl-distribution-points',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'cRLDistributionPoints is there, not critical, with HTTP URLs.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.2.3 (b)',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check(view) {
    const { cRLDistributionPoints } = view.extension
    if (cRLDistributionPoints === undefined) return 'there is no cRLDistributionPoints'
    return cRLDistributionPoints.critical ? 'cRLDistributionPoints is critical' : crlPointFault(view)
  },
}
