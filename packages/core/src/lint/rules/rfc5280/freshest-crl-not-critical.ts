import type { LintRule } from '../../rule.js'

export const freshestCrlNotCritical: LintRule = {
  id: 'freshest-crl-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'freshestCRL is not critical.',
  citation: 'RFC 5280 section 4.2.1.15',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.freshestCRL !== undefined,
  check: ({ extension }) => (extension.freshestCRL?.critical === true ? 'freshestCRL is critical' : undefined),
}
