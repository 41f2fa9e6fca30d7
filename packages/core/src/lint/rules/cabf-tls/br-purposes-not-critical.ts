import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brPurposesNotCritical: LintRule = {
  id: 'br-purposes-not-critical',
  source: 'cabf-br',
  level: 'error',
  description: 'extendedKeyUsage is not critical.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.6',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.extension.extendedKeyUsage !== undefined,
  check: ({ extension }) =>
    extension.extendedKeyUsage?.critical === true ? 'extendedKeyUsage is critical' : undefined,
}
