import type { CrlLintRule } from '../../rule.js'
import { sameName } from '../helpers/faults.js'

export const crlIssuer: CrlLintRule = {
  id: 'crl-issuer',
  source: 'rfc5280',
  level: 'error',
  description: 'The issuer is a non-empty distinguished name, and the subject of the CA.',
  citation: 'RFC 5280 section 5.1.2.3',
  effective: '2008-05-01',
  applies: () => true,
  check({ tbs, issuer }) {
    if (tbs.issuer.length === 0) return 'the issuer is empty'
    if (issuer === undefined) return undefined
    return sameName(tbs.issuer, issuer.subject) ? undefined : "the issuer is not the CA's subject"
  },
}
