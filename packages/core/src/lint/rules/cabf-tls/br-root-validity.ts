import { isTlsRoot } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { validityDays } from '../helpers/forum.js'

export const brRootValidity: LintRule = {
  id: 'br-root-validity',
  source: 'cabf-br',
  level: 'error',
  description: 'A root is valid for 2922 to 9132 days.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.1.1',
  effective: '2023-09-15',
  applies: isTlsRoot,
  check(view) {
    const days = validityDays(view)
    return days >= 2922 && days <= 9132.00002 ? undefined : `the validity is ${Math.round(days)} days`
  },
}
