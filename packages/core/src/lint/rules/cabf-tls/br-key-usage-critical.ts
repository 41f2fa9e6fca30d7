import type { LintRule } from '../../rule.js'

export const brKeyUsageCritical: LintRule = {
  id: 'br-key-usage-critical',
  source: 'cabf-br',
  level: 'error',
  description: 'The key usage is critical.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.6 and 7.1.2.10.7',
  effective: '2012-07-01',
  applies: ({ publicTls, extension }) => publicTls && extension.keyUsage !== undefined,
  check: ({ extension }) => (extension.keyUsage?.critical === true ? undefined : 'keyUsage is not critical'),
}
