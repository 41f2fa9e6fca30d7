import { equalBytes } from '../../asn1/index.js'
import { Name } from '../../x509/index.js'
import type { LintRule } from '../rule.js'

/** The issuer field is, octet for octet, the subject of the issuing certificate, and not empty. */
export const issuerName: LintRule = {
  id: 'issuer-name',
  level: 'error',
  citation: 'RFC 5280 sections 4.1.2.4 and 6.1.3 (a)(4)',
  applies: () => true,
  check({ tbs, issuer }) {
    if (tbs.issuer.length === 0) return 'the issuer is empty'
    const expected = issuer === undefined ? tbs.subject : issuer.subject
    return equalBytes(Name.encode(tbs.issuer), Name.encode(expected)) ? undefined : "the issuer is not the CA's subject"
  },
}
