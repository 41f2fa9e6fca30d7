import { isTlsRoot } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brRootPurposes: LintRule = {
  id: 'br-root-purposes',
  source: 'cabf-br',
  level: 'error',
  description: 'A root has no extendedKeyUsage.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.1.2',
  effective: '2012-07-01',
  applies: isTlsRoot,
  check: ({ extension }) => (extension.extendedKeyUsage === undefined ? undefined : 'a root with extendedKeyUsage'),
}
