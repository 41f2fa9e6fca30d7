import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const uniqueExtensions: LintRule = {
  id: 'unique-extensions',
  source: 'rfc5280',
  level: 'error',
  description: 'No extension occurs twice.',
  citation: 'RFC 5280 section 4.2',
  effective: '2008-05-01',
  applies: ({ extensions }) => extensions.length > 1,
  check({ extensions }) {
    const twice = repeated(extensions.map(({ extnID }) => extnID))
    return twice === undefined ? undefined : `the extension ${twice} occurs twice`
  },
}
