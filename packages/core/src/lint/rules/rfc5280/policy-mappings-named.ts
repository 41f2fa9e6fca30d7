import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const policyMappingsNamed: LintRule = {
  id: 'policy-mappings-named',
  source: 'rfc5280',
  level: 'warning',
  description: "Every mapped policy of the issuer is among the certificate's policies.",
  citation: 'RFC 5280 section 4.2.1.5',
  effective: '2008-05-01',
  applies: ({ value }) => value.policyMappings !== undefined,
  check: ({ value: { policyMappings = [] }, policies }) =>
    firstFault(policyMappings, ({ issuerDomainPolicy: oid }) =>
      policies.includes(oid) ? undefined : `the mapped policy ${oid} is not in certificatePolicies`,
    ),
}
