import type { CrlLintRule } from '../../rule.js'

export const crlNextUpdate: CrlLintRule = {
  id: 'crl-next-update',
  source: 'rfc5280',
  level: 'error',
  description: 'nextUpdate is there.',
  citation: 'RFC 5280 section 5.1.2.5',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs }) => (tbs.nextUpdate === undefined ? 'nextUpdate is missing' : undefined),
}
