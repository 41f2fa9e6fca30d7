import { extendedKeyUsageOid } from '../../../x509/index.js'
import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brServerAuth: LintRule = {
  id: 'br-server-auth',
  source: 'cabf-br',
  level: 'error',
  description: 'The purposes include serverAuth.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.10',
  effective: '2023-09-15',
  applies: isTlsSubscriber,
  check: ({ purposes }) =>
    purposes.includes(extendedKeyUsageOid.serverAuth) ? undefined : 'extendedKeyUsage does not include serverAuth',
}
