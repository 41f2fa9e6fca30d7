import type { LintRule } from '../../rule.js'
import { signatureFamily } from '../helpers/signatures.js'

export const signatureFitsKey: LintRule = {
  id: 'signature-fits-key',
  source: 'algorithms',
  level: 'error',
  description: 'The signature algorithm works with the key of the issuer.',
  citation: 'RFC 5280 sections 4.1.1.2 and 6.1.3 (a)(1)',
  effective: '2008-05-01',
  applies: ({ tbs, issuer, key }) =>
    signatureFamily(tbs.signature) !== undefined && (issuer ? issuer.key : key) !== undefined,
  check({ tbs, issuer, key }) {
    const family = (issuer ? issuer.key : key)?.family
    const needed = signatureFamily(tbs.signature)
    return family === needed ? undefined : `a signature of the family ${needed} needs another key than ${family}`
  },
}
