import type { LintRule } from '../../rule.js'

export const nameConstraintsNotEmpty: LintRule = {
  id: 'name-constraints-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'Name constraints permit or exclude something.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ value }) => value.nameConstraints !== undefined,
  check: ({ value: { nameConstraints } }) =>
    nameConstraints?.permittedSubtrees === undefined && nameConstraints?.excludedSubtrees === undefined
      ? 'nameConstraints is empty'
      : undefined,
}
