import type { LintRule } from '../../rule.js'
import { isPssSignature, saltFault } from '../helpers/signatures.js'

export const rsaPssSignatureSalt: LintRule = {
  id: 'rsa-pss-signature-salt',
  source: 'algorithms',
  level: 'warning',
  description: 'The salt of an RSASSA-PSS signature is as long as its hash.',
  citation: 'RFC 4055 section 3.1',
  effective: '2005-06-01',
  applies: ({ tbs }) => isPssSignature(tbs.signature),
  check: ({ tbs }) => saltFault(tbs.signature),
}
