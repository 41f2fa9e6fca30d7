import type { LintRule } from '../../rule.js'

export const nameConstraintsOnlyCa: LintRule = {
  id: 'name-constraints-only-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'Only CAs have name constraints.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.nameConstraints !== undefined,
  check: ({ isCa }) => (isCa ? undefined : 'nameConstraints in a certificate that is not of a CA'),
}
