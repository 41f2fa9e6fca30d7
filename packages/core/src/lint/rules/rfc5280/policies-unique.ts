import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const policiesUnique: LintRule = {
  id: 'policies-unique',
  source: 'rfc5280',
  level: 'error',
  description: 'No policy occurs twice.',
  citation: 'RFC 5280 section 4.2.1.4',
  effective: '2008-05-01',
  applies: ({ policies }) => policies.length > 1,
  check({ policies }) {
    const twice = repeated(policies)
    return twice === undefined ? undefined : `the policy ${twice} occurs twice`
  },
}
