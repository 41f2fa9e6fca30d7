import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { validityDays } from '../helpers/forum.js'

export const smimeValidity: LintRule = {
  id: 'smime-validity',
  source: 'cabf-smime',
  level: 'error',
  description: 'A certificate is valid for 825 days at most, one of the legacy generation 1185.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 6.3.2',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check(view) {
    const legacy = view.policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.1$/.test(oid))
    const days = legacy ? 1185 : 825
    return validityDays(view) <= days ? undefined : `the validity is longer than ${days} days`
  },
}
