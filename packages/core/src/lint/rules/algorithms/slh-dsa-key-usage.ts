import type { LintRule } from '../../rule.js'
import { otherUsages, signingUsages } from '../helpers/faults.js'

export const slhDsaKeyUsage: LintRule = {
  id: 'slh-dsa-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'SLH-DSA keys only sign.',
  citation: 'RFC 9909 section 6',
  effective: '2025-12-01',
  applies: ({ key, value }) => key?.family === 'slh-dsa' && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, signingUsages)
    return found === undefined ? undefined : `an SLH-DSA key with the usage ${found}`
  },
}
