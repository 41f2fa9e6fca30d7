import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { accessFault } from '../helpers/forum.js'

export const smimeAuthorityInfoAccess: LintRule = {
  id: 'smime-authority-info-access',
  source: 'cabf-smime',
  level: 'error',
  description: 'The locations of authorityInfoAccess are HTTP URLs, in the strict and multipurpose generations.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (c)',
  effective: '2023-09-01',
  applies: (view) =>
    isSmimeSubscriber(view) &&
    view.value.authorityInfoAccess !== undefined &&
    !view.policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.1$/.test(oid)),
  check: (view) => accessFault(view),
}
