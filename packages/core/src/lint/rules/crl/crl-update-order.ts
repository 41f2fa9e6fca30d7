import type { CrlLintRule } from '../../rule.js'

export const crlUpdateOrder: CrlLintRule = {
  id: 'crl-update-order',
  source: 'rfc5280',
  level: 'error',
  description: 'nextUpdate is later than thisUpdate.',
  citation: 'RFC 5280 section 5.1.2.5',
  effective: '2008-05-01',
  applies: ({ tbs }) => tbs.nextUpdate !== undefined,
  check: ({ tbs: { thisUpdate, nextUpdate } }) =>
    nextUpdate !== undefined && nextUpdate > thisUpdate ? undefined : 'nextUpdate is not later than thisUpdate',
}
