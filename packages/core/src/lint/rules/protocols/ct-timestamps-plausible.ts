import type { LintRule } from '../../rule.js'

export const ctTimestampsPlausible: LintRule = {
  id: 'ct-timestamps-plausible',
  source: 'protocols',
  level: 'error',
  description: 'No signed certificate timestamp is later than the end of the certificate.',
  citation: 'RFC 6962 section 3.2',
  effective: '2013-06-01',
  applies: ({ value }) => value.signedCertificateTimestamps !== undefined,
  check: ({ value: { signedCertificateTimestamps = [] }, tbs }) =>
    signedCertificateTimestamps.some((sct) => sct.type === 'v1' && sct.timestamp > tbs.validity.notAfter)
      ? 'a signed certificate timestamp is later than notAfter'
      : undefined,
}
