import { extendedKeyUsageOid } from '../../../x509/index.js'
import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

const usual: readonly string[] = [extendedKeyUsageOid.serverAuth, extendedKeyUsageOid.clientAuth]

export const brOtherPurposes: LintRule = {
  id: 'br-other-purposes',
  source: 'cabf-br',
  level: 'warning',
  description: 'There are no purposes beside serverAuth and clientAuth.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.10',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.purposes.length > 0,
  check: ({ purposes }) =>
    purposes.every((oid) => usual.includes(oid)) ? undefined : 'extendedKeyUsage has a purpose that is not recommended',
}
