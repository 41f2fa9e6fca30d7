import type { LintRule } from '../../rule.js'
import { sameName } from '../helpers/faults.js'

export const issuerMatches: LintRule = {
  id: 'issuer-matches',
  source: 'rfc5280',
  level: 'error',
  description: 'The issuer is, octet for octet, the subject of the issuing certificate.',
  citation: 'RFC 5280 sections 4.1.2.6 and 6.1.3 (a)(4)',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs, issuer }) =>
    sameName(tbs.issuer, (issuer?.tbs ?? tbs).subject) ? undefined : "the issuer is not the CA's subject",
}
