import { signatureAlgorithmOf } from '../../../algorithms/index.js'
import { CertwrightError } from '../../../errors.js'
import type { CrlLintRule } from '../../rule.js'

export const crlSignatureKnown: CrlLintRule = {
  id: 'crl-signature-known',
  source: 'algorithms',
  level: 'error',
  description: 'The signature algorithm is known, not broken, and has the parameters that it takes.',
  citation: 'RFC 5280 section 5.1.2.2',
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
