import type { CrlLintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const crlExtensionsUnique: CrlLintRule = {
  id: 'crl-extensions-unique',
  source: 'rfc5280',
  level: 'error',
  description: 'No extension occurs twice.',
  citation: 'RFC 5280 sections 5.2 and 4.2',
  effective: '2008-05-01',
  applies: ({ tbs }) => tbs.crlExtensions !== undefined,
  check({ tbs: { crlExtensions = [] } }) {
    const twice = repeated(crlExtensions.map(({ extnID }) => extnID))
    return twice === undefined ? undefined : `the extension ${twice} occurs twice`
  },
}
