import type { CrlLintRule } from '../../rule.js'
import { firstFault, repeated } from '../helpers/faults.js'

export const crlEntryExtensionsUnique: CrlLintRule = {
  id: 'crl-entry-extensions-unique',
  source: 'rfc5280',
  level: 'error',
  description: 'No extension of an entry occurs twice.',
  citation: 'RFC 5280 sections 5.3 and 4.2',
  effective: '2008-05-01',
  applies: ({ tbs }) => tbs.revokedCertificates !== undefined,
  check: ({ tbs: { revokedCertificates = [] } }) =>
    firstFault(revokedCertificates, ({ crlEntryExtensions = [] }) => {
      const twice = repeated(crlEntryExtensions.map(({ extnID }) => extnID))
      return twice === undefined ? undefined : `an entry has the extension ${twice} twice`
    }),
}
