import type { LintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const slhDsaSignatureParameters: LintRule = {
  id: 'slh-dsa-signature-parameters',
  source: 'algorithms',
  level: 'error',
  description: 'SLH-DSA identifiers have no parameters.',
  citation: 'RFC 9909 section 3',
  effective: '2025-12-01',
  applies: ({ tbs }) => signatureFamily(tbs.signature) === 'slh-dsa',
  check: ({ tbs }) =>
    tbs.signature.parameters === undefined ? undefined : 'the SLH-DSA signature algorithm has parameters',
}
