import { policyOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const policyMappingsAnyPolicy: LintRule = {
  id: 'policy-mappings-any-policy',
  source: 'rfc5280',
  level: 'error',
  description: 'No policy is mapped to or from anyPolicy.',
  citation: 'RFC 5280 section 4.2.1.5',
  effective: '2008-05-01',
  applies: ({ value }) => value.policyMappings !== undefined,
  check: ({ value: { policyMappings = [] } }) =>
    policyMappings.some(
      ({ issuerDomainPolicy, subjectDomainPolicy }) =>
        issuerDomainPolicy === policyOid.anyPolicy || subjectDomainPolicy === policyOid.anyPolicy,
    )
      ? 'policyMappings maps anyPolicy'
      : undefined,
}
