import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const ocspNoCheckOnlyResponders: LintRule = {
  id: 'ocsp-no-check-only-responders',
  source: 'protocols',
  level: 'warning',
  description: 'Only OCSP responders have the extension id-pkix-ocsp-nocheck.',
  citation: 'RFC 6960 section 4.2.2.2.1',
  effective: '2013-06-01',
  applies: ({ extension }) => extension.ocspNoCheck !== undefined,
  check: ({ purposes }) =>
    purposes.includes(extendedKeyUsageOid.ocspSigning) ? undefined : 'ocspNoCheck without the purpose OCSPSigning',
}
