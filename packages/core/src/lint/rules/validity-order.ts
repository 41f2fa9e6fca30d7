import type { LintRule } from '../rule.js'

/** The certificate is valid for some time, and not beyond its issuer. */
export const validityOrder: LintRule = {
  id: 'validity-order',
  level: 'error',
  citation: 'RFC 5280 section 4.1.2.5',
  applies: () => true,
  check({ tbs: { validity }, issuer }) {
    if (validity.notAfter <= validity.notBefore) return 'notAfter is not later than notBefore'
    if (issuer === undefined) return undefined
    if (validity.notAfter > issuer.validity.notAfter) return 'notAfter is later than that of the issuer'
    return validity.notBefore < issuer.validity.notBefore ? 'notBefore is earlier than that of the issuer' : undefined
  },
}
