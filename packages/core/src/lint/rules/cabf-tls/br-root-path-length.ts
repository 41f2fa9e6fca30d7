import { isTlsRoot } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brRootPathLength: LintRule = {
  id: 'br-root-path-length',
  source: 'cabf-br',
  level: 'warning',
  description: 'A root has no path length.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.1.4',
  effective: '2012-07-01',
  applies: isTlsRoot,
  check: ({ value }) =>
    value.basicConstraints?.pathLenConstraint === undefined ? undefined : 'a root with pathLenConstraint',
}
