import { describePublicKey } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import { SubjectPublicKeyInfo } from '../../x509/index.js'
import type { LintRule } from '../rule.js'

/** The certified key is well-formed and strong enough for any use today. */
export const publicKey: LintRule = {
  id: 'public-key-strength',
  level: 'error',
  citation: 'NIST SP 800-131A revision 2, tables 2 and 5; RFC 8813 section 3',
  applies: () => true,
  check({ tbs }) {
    try {
      const key = describePublicKey(SubjectPublicKeyInfo.encode(tbs.subjectPublicKeyInfo))
      return key.family === 'rsa' && key.bits < 2048 ? `the RSA key has only ${key.bits} bits` : undefined
    } catch (error) {
      if (error instanceof CertwrightError) return error.message
      throw error
    }
  },
}
