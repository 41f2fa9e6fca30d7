import type { LintRule } from '../../rule.js'
import { otherUsages, signingUsages } from '../helpers/faults.js'

export const mlDsaKeyUsage: LintRule = {
  id: 'ml-dsa-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'ML-DSA keys only sign.',
  citation: 'RFC 9881 section 5',
  effective: '2025-10-01',
  applies: ({ key, value }) => key?.family === 'ml-dsa' && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, signingUsages)
    return found === undefined ? undefined : `an ML-DSA key with the usage ${found}`
  },
}
