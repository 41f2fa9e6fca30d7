import type { LintRule } from '../../rule.js'

export const validityWithinIssuer: LintRule = {
  id: 'validity-within-issuer',
  source: 'rfc5280',
  level: 'error',
  description: 'The validity lies within that of the issuing certificate, beyond which no path is valid.',
  citation: 'RFC 5280 section 6.1.3 (a)(2)',
  effective: '2008-05-01',
  applies: ({ issuer }) => issuer !== undefined,
  check({ tbs: { validity }, issuer }) {
    const above = issuer?.tbs.validity
    if (above === undefined) return undefined
    if (validity.notAfter > above.notAfter) return 'notAfter is later than that of the issuer'
    return validity.notBefore < above.notBefore ? 'notBefore is earlier than that of the issuer' : undefined
  },
}
