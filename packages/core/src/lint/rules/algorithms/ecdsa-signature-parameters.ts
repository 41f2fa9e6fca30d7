import type { LintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const ecdsaSignatureParameters: LintRule = {
  id: 'ecdsa-signature-parameters',
  source: 'algorithms',
  level: 'error',
  description: 'ECDSA signature identifiers have no parameters.',
  citation: 'RFC 5758 section 3.2',
  effective: '2010-01-01',
  applies: ({ tbs }) => signatureFamily(tbs.signature) === 'ecdsa',
  check: ({ tbs }) =>
    tbs.signature.parameters === undefined ? undefined : 'the ECDSA signature algorithm has parameters',
}
