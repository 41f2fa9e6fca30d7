import type { LintRule } from '../../rule.js'

export const keyUsageNotEmpty: LintRule = {
  id: 'key-usage-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'At least one bit of the key usage is set.',
  citation: 'RFC 5280 section 4.2.1.3',
  effective: '2008-05-01',
  applies: ({ value }) => value.keyUsage !== undefined,
  check: ({ value }) => (value.keyUsage?.size === 0 ? 'keyUsage names no usage' : undefined),
}
