import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

export const brCaKeyUsage: LintRule = {
  id: 'br-ca-key-usage',
  source: 'cabf-br',
  level: 'error',
  description: 'The key usage of a CA is keyCertSign and cRLSign, digitalSignature as well at most.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.10.7',
  effective: '2023-09-15',
  applies: ({ publicTls, isCa }) => publicTls && isCa,
  check({ value: { keyUsage } }) {
    const found = otherUsages(keyUsage, ['keyCertSign', 'cRLSign', 'digitalSignature'])
    if (found !== undefined) return `the key usage of a CA includes ${found}`
    return keyUsage?.has('keyCertSign') === true && keyUsage.has('cRLSign')
      ? undefined
      : 'the key usage of a CA does not include keyCertSign and cRLSign'
  },
}
