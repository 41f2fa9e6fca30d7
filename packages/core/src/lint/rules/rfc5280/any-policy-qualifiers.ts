import { policyOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const anyPolicyQualifiers: LintRule = {
  id: 'any-policy-qualifiers',
  source: 'rfc5280',
  level: 'error',
  description: 'anyPolicy has no other qualifiers than CPS pointers and user notices.',
  citation: 'RFC 5280 section 4.2.1.4',
  effective: '2008-05-01',
  applies: ({ policies }) => policies.includes(policyOid.anyPolicy),
  check: ({ value: { certificatePolicies = [] } }) =>
    certificatePolicies.some(
      ({ policyIdentifier, policyQualifiers = [] }) =>
        policyIdentifier === policyOid.anyPolicy &&
        policyQualifiers.some(({ policyQualifierId: id }) => id !== policyOid.cps && id !== policyOid.userNotice),
    )
      ? 'anyPolicy has a qualifier of another kind'
      : undefined,
}
