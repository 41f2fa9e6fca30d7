import type { LintRule } from '../../rule.js'
import { otherUsages, signingUsages } from '../helpers/faults.js'

export const eddsaKeyUsage: LintRule = {
  id: 'eddsa-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'Ed25519 and Ed448 keys only sign.',
  citation: 'RFC 9295 section 3',
  effective: '2022-09-01',
  applies: ({ key, value }) => (key?.family === 'ed25519' || key?.family === 'ed448') && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, signingUsages)
    return found === undefined ? undefined : `an EdDSA key with the usage ${found}`
  },
}
