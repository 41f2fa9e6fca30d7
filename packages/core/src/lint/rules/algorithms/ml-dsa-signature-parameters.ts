import type { LintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const mlDsaSignatureParameters: LintRule = {
  id: 'ml-dsa-signature-parameters',
  source: 'algorithms',
  level: 'error',
  description: 'ML-DSA identifiers have no parameters.',
  citation: 'RFC 9881 section 2',
  effective: '2025-10-01',
  applies: ({ tbs }) => signatureFamily(tbs.signature) === 'ml-dsa',
  check: ({ tbs }) =>
    tbs.signature.parameters === undefined ? undefined : 'the ML-DSA signature algorithm has parameters',
}
