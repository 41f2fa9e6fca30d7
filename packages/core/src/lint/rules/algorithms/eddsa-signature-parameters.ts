import type { LintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const eddsaSignatureParameters: LintRule = {
  id: 'eddsa-signature-parameters',
  source: 'algorithms',
  level: 'error',
  description: 'Ed25519 and Ed448 identifiers have no parameters.',
  citation: 'RFC 8410 section 3',
  effective: '2018-08-01',
  applies: ({ tbs }) => ['ed25519', 'ed448'].includes(signatureFamily(tbs.signature) ?? ''),
  check: ({ tbs }) =>
    tbs.signature.parameters === undefined ? undefined : 'the EdDSA signature algorithm has parameters',
}
