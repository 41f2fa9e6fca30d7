import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

export const csKeyUsage: LintRule = {
  id: 'cs-key-usage',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'The key usage is there, critical, and digitalSignature alone.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.2.3 (e)',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check({ extension, value: { keyUsage } }) {
    if (keyUsage === undefined || extension.keyUsage?.critical !== true) return 'keyUsage is missing or not critical'
    const found = otherUsages(keyUsage, ['digitalSignature'])
    if (found !== undefined) return `the key usage includes ${found}`
    return keyUsage.has('digitalSignature') ? undefined : 'the key usage does not include digitalSignature'
  },
}
