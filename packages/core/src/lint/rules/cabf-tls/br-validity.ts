import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { validityDays } from '../helpers/forum.js'

const limits: readonly (readonly [from: number, days: number])[] = [
  [Date.parse('2029-03-15'), 47],
  [Date.parse('2027-03-15'), 100],
  [Date.parse('2026-03-15'), 200],
  [0, 398],
]

export const brValidity: LintRule = {
  id: 'br-validity',
  source: 'cabf-br',
  level: 'error',
  description:
    'A subscriber certificate is valid for 398 days at most; 200 from 15 March 2026, 100 from 15 March 2027, 47 from 15 March 2029.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 6.3.2',
  effective: '2020-09-01',
  applies: isTlsSubscriber,
  check(view) {
    const begin = view.tbs.validity.notBefore.getTime()
    const days = limits.find(([from]) => begin >= from)?.[1] ?? 0
    return validityDays(view) <= days ? undefined : `the validity is longer than ${days} days`
  },
}
