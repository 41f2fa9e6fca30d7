import type { LintRule } from '../../rule.js'

export const tlsFeatureNotEmpty: LintRule = {
  id: 'tls-feature-not-empty',
  source: 'protocols',
  level: 'error',
  description: 'The TLS feature extension names features, none twice.',
  citation: 'RFC 7633 section 4.1',
  effective: '2015-10-01',
  applies: ({ value }) => value.tlsFeature !== undefined,
  check: ({ value: { tlsFeature = [] } }) =>
    tlsFeature.length > 0 && new Set(tlsFeature).size === tlsFeature.length
      ? undefined
      : 'tlsFeature is empty or names a feature twice',
}
