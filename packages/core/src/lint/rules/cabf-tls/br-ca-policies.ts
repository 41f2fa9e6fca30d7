import { policyOid } from '../../../x509/index.js'
import { isTlsSubordinate } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brCaPolicies: LintRule = {
  id: 'br-ca-policies',
  source: 'cabf-br',
  level: 'error',
  description: 'A subordinate CA asserts a policy; anyPolicy stands alone.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.10.5',
  effective: '2023-09-15',
  applies: isTlsSubordinate,
  check({ policies }) {
    if (policies.length === 0) return 'there is no policy'
    return policies.includes(policyOid.anyPolicy) && policies.length > 1 ? 'anyPolicy does not stand alone' : undefined
  },
}
