import type { LintRule } from '../../rule.js'

export const csKeySize: LintRule = {
  id: 'cs-key-size',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'The key is RSA of 3072 bits or more, or on P-256, P-384 or P-521.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 6.1.5',
  effective: '2021-06-01',
  applies: ({ publicCodeSigning, key }) => publicCodeSigning && key !== undefined,
  check({ key }) {
    if (key?.family === 'ecdsa') return undefined
    if (key?.family !== 'rsa') return `keys of the family ${key?.family} are not allowed`
    return key.bits >= 3072 ? undefined : `the RSA key has only ${key.bits} bits`
  },
}
