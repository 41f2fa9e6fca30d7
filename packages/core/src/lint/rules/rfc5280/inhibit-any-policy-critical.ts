import type { LintRule } from '../../rule.js'

export const inhibitAnyPolicyCritical: LintRule = {
  id: 'inhibit-any-policy-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'inhibitAnyPolicy is critical.',
  citation: 'RFC 5280 section 4.2.1.14',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.inhibitAnyPolicy !== undefined,
  check: ({ extension }) =>
    extension.inhibitAnyPolicy?.critical === true ? undefined : 'inhibitAnyPolicy is not critical',
}
