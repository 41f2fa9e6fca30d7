import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const csPolicy: LintRule = {
  id: 'cs-policy',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'A certificate asserts one of the policies that the CA/Browser Forum reserved for code signing.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements sections 7.1.2.3 (a) and 7.1.6.1',
  effective: '2021-06-01',
  applies: isCodeSigningSubscriber,
  check: ({ policies }) =>
    policies.includes('2.23.140.1.4.1') || policies.includes('2.23.140.1.3')
      ? undefined
      : 'no reserved policy is asserted',
}
