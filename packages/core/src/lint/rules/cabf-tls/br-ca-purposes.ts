import { extendedKeyUsageOid } from '../../../x509/index.js'
import { isTlsSubordinate } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { forbiddenPurposes } from '../helpers/forum.js'

export const brCaPurposes: LintRule = {
  id: 'br-ca-purposes',
  source: 'cabf-br',
  level: 'error',
  description: 'A subordinate CA is limited to serverAuth, with clientAuth at most, of the known purposes.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.10.6',
  effective: '2023-09-15',
  applies: isTlsSubordinate,
  check(view) {
    if (!view.purposes.includes(extendedKeyUsageOid.serverAuth)) return 'extendedKeyUsage does not include serverAuth'
    const names = ['codeSigning', 'emailProtection', 'timeStamping', 'ocspSigning', 'anyExtendedKeyUsage'] as const
    const found = forbiddenPurposes(view, names)
    return found === undefined ? undefined : `extendedKeyUsage of a CA includes ${found}`
  },
}
