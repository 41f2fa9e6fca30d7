import type { LintRule } from '../../rule.js'

export const version3: LintRule = {
  id: 'version-3',
  source: 'rfc5280',
  level: 'error',
  description: 'A certificate with extensions is of version 3.',
  citation: 'RFC 5280 section 4.1.2.1',
  effective: '2008-05-01',
  applies: ({ extensions }) => extensions.length > 0,
  check: ({ tbs }) => (tbs.version === 2 ? undefined : `the version is ${tbs.version + 1}`),
}
