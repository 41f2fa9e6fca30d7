import { accessMethodOid } from '../../../x509/index.js'
import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { hasAccessMethod } from '../helpers/forum.js'

export const brCaIssuers: LintRule = {
  id: 'br-ca-issuers',
  source: 'cabf-br',
  level: 'warning',
  description: 'authorityInfoAccess says where the certificate of the CA is.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.7',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.value.authorityInfoAccess !== undefined,
  check: (view) =>
    hasAccessMethod(view, accessMethodOid.caIssuers)
      ? undefined
      : 'authorityInfoAccess does not name the certificate of the CA',
}
