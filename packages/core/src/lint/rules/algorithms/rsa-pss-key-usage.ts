import type { LintRule } from '../../rule.js'
import { otherUsages, signingUsages } from '../helpers/faults.js'

export const rsaPssKeyUsage: LintRule = {
  id: 'rsa-pss-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'RSA keys for RSASSA-PSS alone only sign.',
  citation: 'RFC 4055 section 1.2',
  effective: '2005-06-01',
  applies: ({ key, value }) => key?.pss !== undefined && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, signingUsages)
    return found === undefined ? undefined : `an RSASSA-PSS key with the usage ${found}`
  },
}
