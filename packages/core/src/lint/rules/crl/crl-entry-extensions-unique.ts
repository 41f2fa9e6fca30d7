import type { CrlEntryLintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const crlEntryExtensionsUnique: CrlEntryLintRule = {
  id: 'crl-entry-extensions-unique',
  source: 'rfc5280',
  level: 'error',
  description: 'No extension of an entry occurs twice.',
  citation: 'RFC 5280 sections 5.3 and 4.2',
  effective: '2008-05-01',
  applies: () => true,
  begin:
    () =>
    ({ crlEntryExtensions = [] }) => {
      if (crlEntryExtensions.length < 2) return undefined
      const twice = repeated(crlEntryExtensions.map(({ extnID }) => extnID))
      return twice === undefined ? undefined : `an entry has the extension ${twice} twice`
    },
}
