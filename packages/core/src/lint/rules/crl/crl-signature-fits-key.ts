import type { CrlLintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const crlSignatureFitsKey: CrlLintRule = {
  id: 'crl-signature-fits-key',
  source: 'algorithms',
  level: 'error',
  description: 'The signature algorithm works with the key of the issuer.',
  citation: 'RFC 5280 section 5.1.1.2',
  effective: '2008-05-01',
  applies: ({ tbs, issuerKey }) => signatureFamily(tbs.signature) !== undefined && issuerKey !== undefined,
  check({ tbs, issuerKey }) {
    const needed = signatureFamily(tbs.signature)
    return issuerKey?.family === needed ? undefined : `a signature of the family ${needed} needs another key`
  },
}
