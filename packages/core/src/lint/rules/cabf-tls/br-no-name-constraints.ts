import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brNoNameConstraints: LintRule = {
  id: 'br-no-name-constraints',
  source: 'cabf-br',
  level: 'error',
  description: 'A subscriber certificate has no name constraints.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.6',
  effective: '2023-09-15',
  applies: isTlsSubscriber,
  check: ({ extension }) =>
    extension.nameConstraints === undefined ? undefined : 'nameConstraints in a subscriber certificate',
}
