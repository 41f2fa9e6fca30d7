import type { LintRule } from '../../rule.js'

export const brKeyType: LintRule = {
  id: 'br-key-type',
  source: 'cabf-br',
  level: 'error',
  description: 'The key is RSA of 2048 bits or more, a multiple of 8, or on P-256, P-384 or P-521.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 6.1.5 and 7.1.3.1',
  effective: '2020-08-20',
  applies: ({ publicTls, key }) => publicTls && key !== undefined,
  check({ key }) {
    if (key?.family === 'ecdsa') return undefined
    if (key?.family !== 'rsa' || key.pss !== undefined) return `keys of the family ${key?.family} are not allowed`
    return key.bits >= 2048 && key.bits % 8 === 0 ? undefined : `RSA keys of ${key.bits} bits are not allowed`
  },
}
