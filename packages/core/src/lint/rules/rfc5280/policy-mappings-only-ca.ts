import type { LintRule } from '../../rule.js'

export const policyMappingsOnlyCa: LintRule = {
  id: 'policy-mappings-only-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'Only CAs have policy mappings.',
  citation: 'RFC 5280 section 4.2.1.5',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.policyMappings !== undefined,
  check: ({ isCa }) => (isCa ? undefined : 'policyMappings in a certificate that is not of a CA'),
}
