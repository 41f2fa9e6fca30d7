import type { LintRule } from '../../rule.js'
import { isNull } from '../helpers/signatures.js'

export const rsaKeyNull: LintRule = {
  id: 'rsa-key-null',
  source: 'algorithms',
  level: 'error',
  description: 'RSA keys for any use have the parameters NULL.',
  citation: 'RFC 4055 section 1.2, RFC 3279 section 2.3.1',
  effective: '2005-06-01',
  applies: ({ key }) => key?.family === 'rsa' && key.pss === undefined,
  check: ({ tbs }) =>
    isNull(tbs.subjectPublicKeyInfo.algorithm.parameters) ? undefined : 'the parameters of the RSA key are not NULL',
}
