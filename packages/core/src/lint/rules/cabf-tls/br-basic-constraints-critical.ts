import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brBasicConstraintsCritical: LintRule = {
  id: 'br-basic-constraints-critical',
  source: 'cabf-br',
  level: 'error',
  description: 'basicConstraints of a subscriber certificate, where it is there, is critical.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.6 and 7.1.2.7.8',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.extension.basicConstraints !== undefined,
  check: ({ extension }) =>
    extension.basicConstraints?.critical === true ? undefined : 'basicConstraints is not critical',
}
