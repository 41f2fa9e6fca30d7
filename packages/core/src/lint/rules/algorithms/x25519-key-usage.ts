import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

export const x25519KeyUsage: LintRule = {
  id: 'x25519-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'X25519 and X448 keys are for key agreement and nothing else.',
  citation: 'RFC 9295 section 3',
  effective: '2022-09-01',
  applies: ({ key, value }) => (key?.family === 'x25519' || key?.family === 'x448') && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, ['keyAgreement', 'encipherOnly', 'decipherOnly'])
    if (found !== undefined) return `a key for key agreement with the usage ${found}`
    return value.keyUsage?.has('keyAgreement') === true ? undefined : 'a key for key agreement without keyAgreement'
  },
}
