import type { LintRule } from '../../rule.js'

export const ctPoisonCritical: LintRule = {
  id: 'ct-poison-critical',
  source: 'protocols',
  level: 'error',
  description: 'The poison of a precertificate is critical.',
  citation: 'RFC 6962 section 3.1',
  effective: '2013-06-01',
  applies: ({ extension }) => extension.ctPoison !== undefined,
  check: ({ extension }) =>
    extension.ctPoison?.critical === true ? undefined : 'the precertificate poison is not critical',
}
