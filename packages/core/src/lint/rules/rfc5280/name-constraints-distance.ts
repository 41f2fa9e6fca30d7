import type { LintRule } from '../../rule.js'

export const nameConstraintsDistance: LintRule = {
  id: 'name-constraints-distance',
  source: 'rfc5280',
  level: 'error',
  description: 'The subtrees of name constraints have the minimum 0 and no maximum.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ value }) => value.nameConstraints !== undefined,
  check: ({ value: { nameConstraints: { permittedSubtrees = [], excludedSubtrees = [] } = {} } }) =>
    [...permittedSubtrees, ...excludedSubtrees].some(({ minimum, maximum }) => minimum !== 0 || maximum !== undefined)
      ? 'a subtree of nameConstraints has a minimum or a maximum'
      : undefined,
}
