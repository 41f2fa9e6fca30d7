import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brAlternativeNamePresent: LintRule = {
  id: 'br-alternative-name-present',
  source: 'cabf-br',
  level: 'error',
  description: 'A subscriber certificate has a subjectAltName.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.6 and 7.1.2.7.12',
  effective: '2012-07-01',
  applies: isTlsSubscriber,
  check: ({ extension }) => (extension.subjectAltName === undefined ? 'there is no subjectAltName' : undefined),
}
