import type { ProfileConfig } from '../config.js'
import { deviceBackdate, referenceKeyTypes } from './common.js'
import { deviceRequestExtensions } from './request-extensions.js'

/** Devices that enroll over EST with a key for signatures: one year, purposes as the request names them. */
export const estDigitalSignature: ProfileConfig = {
  id: 'est-digital-signature',
  description: 'EST: digital signature',
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: deviceBackdate },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'allowed' },
  subjectAlternativeName: 'from-request',
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { fromRequest: true },
  requestExtensions: deviceRequestExtensions,
  crlDistributionPoints: 'if-published',
  authorityInfoAccess: 'if-published',
  authorityKeyIdentifier: true,
}
