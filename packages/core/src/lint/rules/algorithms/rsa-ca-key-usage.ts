import type { LintRule } from '../../rule.js'
import { forbiddenUsages } from '../helpers/faults.js'

export const rsaCaKeyUsage: LintRule = {
  id: 'rsa-ca-key-usage',
  source: 'algorithms',
  level: 'warning',
  description: 'RSA keys that sign certificates or CRLs do not encrypt as well.',
  citation: 'RFC 3279 section 2.3.1',
  effective: '2002-04-01',
  applies: ({ key, value: { keyUsage } }) =>
    key?.family === 'rsa' && (keyUsage?.has('keyCertSign') === true || keyUsage?.has('cRLSign') === true),
  check({ value }) {
    const found = forbiddenUsages(value.keyUsage, ['keyEncipherment', 'dataEncipherment'])
    return found === undefined ? undefined : `an RSA key that signs certificates or CRLs with the usage ${found}`
  },
}
