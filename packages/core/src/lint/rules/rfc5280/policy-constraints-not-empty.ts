import type { LintRule } from '../../rule.js'

export const policyConstraintsNotEmpty: LintRule = {
  id: 'policy-constraints-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'Policy constraints constrain something.',
  citation: 'RFC 5280 section 4.2.1.11',
  effective: '2008-05-01',
  applies: ({ value }) => value.policyConstraints !== undefined,
  check: ({ value: { policyConstraints } }) =>
    policyConstraints?.requireExplicitPolicy === undefined && policyConstraints?.inhibitPolicyMapping === undefined
      ? 'policyConstraints is empty'
      : undefined,
}
