import type { LintRule } from '../../rule.js'

export const basicConstraintsCritical: LintRule = {
  id: 'basic-constraints-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'basicConstraints of a CA is critical.',
  citation: 'RFC 5280 section 4.2.1.9',
  effective: '2008-05-01',
  applies: ({ isCa }) => isCa,
  check: ({ extension }) =>
    extension.basicConstraints?.critical === true ? undefined : 'basicConstraints is not critical',
}
