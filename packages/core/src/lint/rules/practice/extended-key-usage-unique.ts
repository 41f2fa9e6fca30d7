import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const extendedKeyUsageUnique: LintRule = {
  id: 'extended-key-usage-unique',
  source: 'practice',
  level: 'error',
  description: 'extendedKeyUsage names no purpose twice.',
  citation: 'RFC 5280 section 4.2.1.12',
  effective: '2008-05-01',
  applies: ({ purposes }) => purposes.length > 1,
  check({ purposes }) {
    const twice = repeated(purposes)
    return twice === undefined ? undefined : `the purpose ${twice} occurs twice`
  },
}
