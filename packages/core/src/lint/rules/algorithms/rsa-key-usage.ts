import type { LintRule } from '../../rule.js'
import { forbiddenUsages } from '../helpers/faults.js'

export const rsaKeyUsage: LintRule = {
  id: 'rsa-key-usage',
  source: 'algorithms',
  level: 'error',
  description: 'RSA keys are not used for key agreement.',
  citation: 'RFC 3279 section 2.3.1',
  effective: '2002-04-01',
  applies: ({ key, value }) => key?.family === 'rsa' && value.keyUsage !== undefined,
  check({ value }) {
    const found = forbiddenUsages(value.keyUsage, ['keyAgreement', 'encipherOnly', 'decipherOnly'])
    return found === undefined ? undefined : `an RSA key with the usage ${found}`
  },
}
