import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brUnderscore: LintRule = {
  id: 'br-underscore',
  source: 'cabf-br',
  level: 'error',
  description: 'DNS names have no underscores.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.12',
  effective: '2019-04-01',
  applies: (view) => isTlsSubscriber(view) && view.dnsNames.length > 0,
  check: ({ dnsNames }) => (dnsNames.some((name) => name.includes('_')) ? 'a DNS name has an underscore' : undefined),
}
