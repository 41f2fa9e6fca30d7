import type { LintRule } from '../../rule.js'

export const smimeCapabilitiesNotCritical: LintRule = {
  id: 'smime-capabilities-not-critical',
  source: 'protocols',
  level: 'error',
  description: 'The S/MIME capabilities are not critical.',
  citation: 'RFC 4262 section 2',
  effective: '2005-12-01',
  applies: ({ extension }) => extension.smimeCapabilities !== undefined,
  check: ({ extension }) =>
    extension.smimeCapabilities?.critical === true ? 'smimeCapabilities is critical' : undefined,
}
