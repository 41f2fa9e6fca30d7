import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { crlPointFault } from '../helpers/forum.js'

export const smimeCrlDistributionPoints: LintRule = {
  id: 'smime-crl-distribution-points',
  source: 'cabf-smime',
  level: 'error',
  description: 'There are CRL distribution points, with HTTP URLs.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (b)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check: (view) =>
    view.extension.cRLDistributionPoints === undefined ? 'there is no cRLDistributionPoints' : crlPointFault(view),
}
