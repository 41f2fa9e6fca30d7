import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brCommonNameSingle: LintRule = {
  id: 'br-common-name-single',
  source: 'cabf-br',
  level: 'error',
  description: 'There is one common name at most.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.4.1 and 7.1.4.3',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.commonNames.length > 0,
  check: ({ commonNames }) => (commonNames.length === 1 ? undefined : 'there are several common names'),
}
