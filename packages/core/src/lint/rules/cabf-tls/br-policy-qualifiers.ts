import { policyOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { hasQualifiers } from '../helpers/policy-texts.js'

const isWebPointer = (id: string, qualifier: Uint8Array): boolean =>
  id === policyOid.cps && /^https?:\/\/./i.test(new TextDecoder().decode(qualifier.subarray(2)))

export const brPolicyQualifiers: LintRule = {
  id: 'br-policy-qualifiers',
  source: 'cabf-br',
  level: 'error',
  description: 'The only qualifier of policies is a CPS pointer with an HTTP or HTTPS URL.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.9',
  effective: '2023-09-15',
  applies: (view) => view.publicTls && hasQualifiers(view),
  check: ({ value: { certificatePolicies = [] } }) =>
    certificatePolicies.some(({ policyQualifiers = [] }) =>
      policyQualifiers.some(({ policyQualifierId, qualifier }) => !isWebPointer(policyQualifierId, qualifier)),
    )
      ? 'a policy has a qualifier other than a CPS pointer to the web'
      : undefined,
}
