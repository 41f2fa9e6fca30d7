import type { LintRule } from '../../rule.js'
import { forbiddenUsages } from '../helpers/faults.js'

export const ecKeyUsage: LintRule = {
  id: 'ec-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'Elliptic curve keys are not used for keyEncipherment or dataEncipherment.',
  citation: 'RFC 8813 section 3',
  effective: '2020-08-01',
  applies: ({ key, value }) => key?.family === 'ecdsa' && value.keyUsage !== undefined,
  check({ value }) {
    const found = forbiddenUsages(value.keyUsage, ['keyEncipherment', 'dataEncipherment'])
    return found === undefined ? undefined : `an elliptic curve key with the usage ${found}`
  },
}
