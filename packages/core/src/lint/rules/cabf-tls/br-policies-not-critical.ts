import type { LintRule } from '../../rule.js'

export const brPoliciesNotCritical: LintRule = {
  id: 'br-policies-not-critical',
  source: 'cabf-br',
  level: 'error',
  description: 'certificatePolicies is not critical.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.6 and 7.1.2.10.1',
  effective: '2023-09-15',
  applies: ({ publicTls, extension }) => publicTls && extension.certificatePolicies !== undefined,
  check: ({ extension }) =>
    extension.certificatePolicies?.critical === true ? 'certificatePolicies is critical' : undefined,
}
