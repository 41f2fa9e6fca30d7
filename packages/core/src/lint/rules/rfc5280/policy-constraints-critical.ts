import type { LintRule } from '../../rule.js'

export const policyConstraintsCritical: LintRule = {
  id: 'policy-constraints-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'Policy constraints are critical.',
  citation: 'RFC 5280 section 4.2.1.11',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.policyConstraints !== undefined,
  check: ({ extension }) =>
    extension.policyConstraints?.critical === true ? undefined : 'policyConstraints is not critical',
}
