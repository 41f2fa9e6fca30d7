import type { CrlEntryLintRule } from '../../rule.js'

export const crlEntryDate: CrlEntryLintRule = {
  id: 'crl-entry-date',
  source: 'rfc5280',
  level: 'error',
  description: 'No certificate was revoked after thisUpdate.',
  citation: 'RFC 5280 sections 5.1.2.4 and 5.1.2.6',
  effective: '2008-05-01',
  applies: () => true,
  begin:
    ({ tbs: { thisUpdate } }) =>
    ({ revocationDate }) =>
      revocationDate > thisUpdate ? 'an entry has a revocationDate after thisUpdate' : undefined,
}
