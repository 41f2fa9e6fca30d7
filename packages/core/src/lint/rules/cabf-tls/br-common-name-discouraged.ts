import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brCommonNameDiscouraged: LintRule = {
  id: 'br-common-name-discouraged',
  source: 'cabf-br',
  level: 'notice',
  description: 'There is no common name: it is not recommended any more.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.2 to 7.1.2.7.5',
  effective: '2023-09-15',
  applies: isTlsSubscriber,
  check: ({ commonNames }) => (commonNames.length === 0 ? undefined : 'the common name is not recommended any more'),
}
