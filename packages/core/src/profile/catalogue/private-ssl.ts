import type { ProfileConfig } from '../config.js'
import { deviceBackdate, referenceKeyTypes } from './common.js'
import { tlsRequestExtensions } from './request-extensions.js'

/** TLS servers inside an organization: one year, serverAuth, names as the request gives them. */
export const privateSslTlsServer: ProfileConfig = {
  id: 'privatessl-tls-server',
  description: 'Private TLS server',
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: deviceBackdate },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'allowed' },
  subjectAlternativeName: 'from-request',
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.1'] },
  requestExtensions: tlsRequestExtensions,
  crlDistributionPoints: 'if-published',
  authorityInfoAccess: 'if-published',
  authorityKeyIdentifier: true,
}
