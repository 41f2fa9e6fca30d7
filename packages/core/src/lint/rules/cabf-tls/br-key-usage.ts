import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

const rsaUsages = ['digitalSignature', 'keyEncipherment', 'dataEncipherment']
const ecUsages = ['digitalSignature', 'keyAgreement']

export const brKeyUsage: LintRule = {
  id: 'br-key-usage',
  source: 'cabf-br',
  level: 'error',
  description:
    'The key usage is that of TLS servers: signatures, with RSA also encryption, with elliptic curves also agreement.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.11',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.value.keyUsage !== undefined,
  check({ key, value: { keyUsage } }) {
    const found = otherUsages(keyUsage, key?.family === 'rsa' ? rsaUsages : ecUsages)
    if (found !== undefined) return `the key usage includes ${found}`
    return key?.family === 'ecdsa' && keyUsage?.has('digitalSignature') !== true
      ? 'the key usage of an elliptic curve key does not include digitalSignature'
      : undefined
  },
}
