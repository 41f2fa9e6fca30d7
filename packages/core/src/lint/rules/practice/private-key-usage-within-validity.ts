import type { LintRule } from '../../rule.js'

export const privateKeyUsageWithinValidity: LintRule = {
  id: 'private-key-usage-within-validity',
  source: 'practice',
  level: 'warning',
  description: 'The private key is used within the validity of the certificate.',
  citation: 'RFC 3280 section 4.2.1.4',
  effective: '2002-04-01',
  applies: ({ value }) => value.privateKeyUsagePeriod !== undefined,
  check({ value: { privateKeyUsagePeriod: { notBefore, notAfter } = {} }, tbs: { validity } }) {
    const early = notBefore !== undefined && notBefore < validity.notBefore
    const late = notAfter !== undefined && notAfter > validity.notAfter
    return early || late ? 'privateKeyUsagePeriod goes beyond the validity' : undefined
  },
}
