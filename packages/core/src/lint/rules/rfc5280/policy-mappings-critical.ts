import type { LintRule } from '../../rule.js'

export const policyMappingsCritical: LintRule = {
  id: 'policy-mappings-critical',
  source: 'rfc5280',
  level: 'warning',
  description: 'Policy mappings are critical.',
  citation: 'RFC 5280 section 4.2.1.5',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.policyMappings !== undefined,
  check: ({ extension }) =>
    extension.policyMappings?.critical === true ? undefined : 'policyMappings is not critical',
}
