import type { LintRule } from '../../rule.js'

export const tlsFeatureNotCritical: LintRule = {
  id: 'tls-feature-not-critical',
  source: 'protocols',
  level: 'warning',
  description: 'The TLS feature extension is not critical.',
  citation: 'RFC 7633 section 4',
  effective: '2015-10-01',
  applies: ({ extension }) => extension.tlsFeature !== undefined,
  check: ({ extension }) => (extension.tlsFeature?.critical === true ? 'tlsFeature is critical' : undefined),
}
