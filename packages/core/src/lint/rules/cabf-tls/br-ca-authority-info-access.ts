import { isTlsSubordinate } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brCaAuthorityInfoAccess: LintRule = {
  id: 'br-ca-authority-info-access',
  source: 'cabf-br',
  level: 'warning',
  description: 'A subordinate CA has authorityInfoAccess.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.10.1 and 7.1.2.10.3',
  effective: '2020-08-20',
  applies: isTlsSubordinate,
  check: ({ extension }) =>
    extension.authorityInfoAccess === undefined ? 'a subordinate CA without authorityInfoAccess' : undefined,
}
