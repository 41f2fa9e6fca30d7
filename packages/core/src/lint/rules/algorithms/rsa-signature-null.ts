import type { LintRule } from '../../rule.js'
import { isNull, isPkcs1Signature } from '../helpers/signatures.js'

export const rsaSignatureNull: LintRule = {
  id: 'rsa-signature-null',
  source: 'algorithms',
  level: 'error',
  description: 'RSASSA-PKCS1-v1_5 signature identifiers have the parameters NULL.',
  citation: 'RFC 4055 section 5',
  effective: '2005-06-01',
  applies: ({ tbs }) => isPkcs1Signature(tbs.signature),
  check: ({ tbs }) =>
    isNull(tbs.signature.parameters) ? undefined : 'the parameters of the RSA signature algorithm are not NULL',
}
