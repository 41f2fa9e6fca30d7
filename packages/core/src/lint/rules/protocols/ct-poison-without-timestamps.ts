import type { LintRule } from '../../rule.js'

export const ctPoisonWithoutTimestamps: LintRule = {
  id: 'ct-poison-without-timestamps',
  source: 'protocols',
  level: 'error',
  description: 'A precertificate has no signed certificate timestamps.',
  citation: 'RFC 6962 sections 3.1 and 3.3',
  effective: '2013-06-01',
  applies: ({ extension }) => extension.ctPoison !== undefined,
  check: ({ extension }) =>
    extension.signedCertificateTimestamps === undefined
      ? undefined
      : 'a precertificate with signed certificate timestamps',
}
