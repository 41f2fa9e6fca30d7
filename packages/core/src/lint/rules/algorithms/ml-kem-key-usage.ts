import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

export const mlKemKeyUsage: LintRule = {
  id: 'ml-kem-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'ML-KEM keys have the usage keyEncipherment and no other.',
  citation: 'RFC 9935 section 5',
  effective: '2026-01-01',
  applies: ({ key, value }) => key?.family === 'ml-kem' && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, ['keyEncipherment'])
    return found === undefined ? undefined : `an ML-KEM key with the usage ${found}`
  },
}
