import { keyStrength } from '../../../algorithms/index.js'
import type { LintRule } from '../../rule.js'

export const issuerKeyStrength: LintRule = {
  id: 'issuer-key-strength',
  source: 'practice',
  level: 'notice',
  description: 'The key of the issuer is as strong as the one it certifies, or gives 112 bits at least.',
  citation: 'NIST SP 800-57 part 1 revision 5, section 5.6.1',
  effective: '2016-01-01',
  applies: ({ key, issuer }) => key !== undefined && issuer?.key !== undefined,
  check({ key, issuer }) {
    if (key === undefined || issuer?.key === undefined) return undefined
    const above = keyStrength(issuer.key)
    return above >= 112 && above >= Math.min(keyStrength(key), 128)
      ? undefined
      : 'the key of the issuer is the weaker one'
  },
}
