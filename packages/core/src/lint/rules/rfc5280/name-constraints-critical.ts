import type { LintRule } from '../../rule.js'

export const nameConstraintsCritical: LintRule = {
  id: 'name-constraints-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'Name constraints are critical.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.nameConstraints !== undefined,
  check: ({ extension }) =>
    extension.nameConstraints?.critical === true ? undefined : 'nameConstraints is not critical',
}
