import { accessMethodOid } from '../../../x509/index.js'
import type { CertificateView } from '../../certificate-view.js'
import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { hasAccessMethod, validityDays } from '../helpers/forum.js'

/** Section 1.6.1: 10 days for certificates issued from 15 March 2024, 7 days from 15 March 2026. */
const shortLived = (view: CertificateView): boolean =>
  validityDays(view) <= (view.tbs.validity.notBefore.getTime() >= Date.parse('2026-03-15') ? 7 : 10)

export const brRevocationInformation: LintRule = {
  id: 'br-revocation-information',
  source: 'cabf-br',
  level: 'error',
  description: 'A subscriber certificate that is not short-lived names a CRL, or an OCSP responder.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.11.2',
  effective: '2024-03-15',
  applies: (view) => isTlsSubscriber(view) && !shortLived(view),
  check: (view) =>
    view.extension.cRLDistributionPoints !== undefined || hasAccessMethod(view, accessMethodOid.ocsp)
      ? undefined
      : 'there is neither a CRL distribution point nor an OCSP responder',
}
