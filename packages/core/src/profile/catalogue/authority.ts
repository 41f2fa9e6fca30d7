import type { ProfileConfig } from '../config.js'
import { referenceKeyTypes } from './common.js'

/** A self-signed trust anchor: 20 years, no path length. */
export const basicCaRoot: ProfileConfig = {
  id: 'basic-ca-root',
  description: 'Self-signed root certificate authority',
  kind: 'root',
  validity: { default: 'P20Y', backdate: 'PT1H' },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'refused' },
  subjectAlternativeName: 'never',
  basicConstraints: { cA: true },
  keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
  requestExtensions: [],
  crlDistributionPoints: 'never',
  authorityInfoAccess: 'never',
  authorityKeyIdentifier: false,
}

/** A CA below a root, which issues to end entities only: 10 years, path length 0. */
export const basicCaSubord: ProfileConfig = {
  id: 'basic-ca-subord',
  description: 'Issuing certificate authority under a root',
  kind: 'intermediate',
  validity: { default: 'P10Y', backdate: 'PT1H' },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'refused' },
  subjectAlternativeName: 'never',
  basicConstraints: { cA: true, pathLenConstraint: 0 },
  keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
  requestExtensions: [],
  crlDistributionPoints: 'if-published',
  authorityInfoAccess: 'if-published',
  authorityKeyIdentifier: true,
}
