import { signatureAlgorithmOf } from '../../../algorithms/index.js'
import { CertwrightError } from '../../../errors.js'
import type { LintRule } from '../../rule.js'

export const signatureKnown: LintRule = {
  id: 'signature-known',
  source: 'algorithms',
  level: 'error',
  description: 'The signature algorithm is known, not broken, and has the parameters that it takes.',
  citation: 'RFC 5280 section 4.1.2.3, NIST SP 800-131A revision 2, table 8',
  effective: '2008-05-01',
  applies: () => true,
  check({ tbs }) {
    try {
      signatureAlgorithmOf(tbs.signature)
      return undefined
    } catch (error) {
      if (error instanceof CertwrightError) return error.message
      throw error
    }
  },
}
