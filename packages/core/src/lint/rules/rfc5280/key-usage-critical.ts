import type { LintRule } from '../../rule.js'

export const keyUsageCritical: LintRule = {
  id: 'key-usage-critical',
  source: 'rfc5280',
  level: 'warning',
  description: 'The key usage is critical.',
  citation: 'RFC 5280 section 4.2.1.3',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.keyUsage !== undefined,
  check: ({ extension }) => (extension.keyUsage?.critical === true ? undefined : 'keyUsage is not critical'),
}
