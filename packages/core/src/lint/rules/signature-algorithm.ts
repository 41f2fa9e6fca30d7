import { signatureAlgorithmOf } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import type { LintRule } from '../rule.js'

/** The signature algorithm in the certificate is one that may be signed with. */
export const signatureAlgorithmRule: LintRule = {
  id: 'signature-algorithm',
  level: 'error',
  citation: 'RFC 5280 section 4.1.2.3; NIST SP 800-131A revision 2, table 8',
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
