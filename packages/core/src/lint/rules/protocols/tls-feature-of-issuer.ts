import type { LintRule } from '../../rule.js'

export const tlsFeatureOfIssuer: LintRule = {
  id: 'tls-feature-of-issuer',
  source: 'protocols',
  level: 'error',
  description: 'The TLS features include those of the issuing certificate.',
  citation: 'RFC 7633 section 4.2.2',
  effective: '2015-10-01',
  applies: ({ issuer }) => issuer?.value.tlsFeature !== undefined,
  check: ({ value: { tlsFeature = [] }, issuer }) =>
    issuer?.value.tlsFeature?.every((feature) => tlsFeature.includes(feature)) === true
      ? undefined
      : 'a TLS feature of the issuing certificate is missing',
}
