import { isTlsRoot } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brRootPolicies: LintRule = {
  id: 'br-root-policies',
  source: 'cabf-br',
  level: 'warning',
  description: 'A root has no policies.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.1.2',
  effective: '2012-07-01',
  applies: isTlsRoot,
  check: ({ extension }) =>
    extension.certificatePolicies === undefined ? undefined : 'a root with certificatePolicies',
}
