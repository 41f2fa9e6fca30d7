import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brAuthorityInfoAccess: LintRule = {
  id: 'br-authority-info-access',
  source: 'cabf-br',
  level: 'error',
  description: 'A subscriber certificate has authorityInfoAccess.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.6',
  effective: '2023-09-15',
  applies: isTlsSubscriber,
  check: ({ extension }) =>
    extension.authorityInfoAccess === undefined ? 'there is no authorityInfoAccess' : undefined,
}
