import { extendedKeyUsageOid } from '../../../x509/index.js'
import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const csPurpose: LintRule = {
  id: 'cs-purpose',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'The purposes include codeSigning.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.2.3 (f)',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check: ({ purposes }) =>
    purposes.includes(extendedKeyUsageOid.codeSigning) ? undefined : 'extendedKeyUsage does not include codeSigning',
}
