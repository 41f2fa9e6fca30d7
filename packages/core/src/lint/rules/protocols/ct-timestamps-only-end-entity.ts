import type { LintRule } from '../../rule.js'

export const ctTimestampsOnlyEndEntity: LintRule = {
  id: 'ct-timestamps-only-end-entity',
  source: 'protocols',
  level: 'warning',
  description: 'Signed certificate timestamps are in certificates of end entities.',
  citation: 'RFC 6962 section 3.3',
  effective: '2013-06-01',
  applies: ({ extension }) => extension.signedCertificateTimestamps !== undefined,
  check: ({ isCa }) => (isCa ? 'a CA certificate with signed certificate timestamps' : undefined),
}
