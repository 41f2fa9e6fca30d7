import type { CrlLintRule } from '../../rule.js'

export const crlExpiredCerts: CrlLintRule = {
  id: 'crl-expired-certs',
  source: 'practice',
  level: 'error',
  description: 'ExpiredCertsOnCRL is not critical and not after thisUpdate.',
  citation: 'ITU-T X.509 section 9.5.2.8',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.expiredCertsOnCRL !== undefined,
  check({ tbs: { thisUpdate }, extension, value: { expiredCertsOnCRL } }) {
    if (extension.expiredCertsOnCRL?.critical === true) return 'expiredCertsOnCRL is critical'
    return expiredCertsOnCRL !== undefined && expiredCertsOnCRL > thisUpdate
      ? 'expiredCertsOnCRL is after thisUpdate'
      : undefined
  },
}
