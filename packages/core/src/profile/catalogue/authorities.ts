import { extendedKeyUsageOid } from '../../x509/index.js'
import { derive, type ProfileConfig } from '../config/index.js'
import { purpose, referenceKeyTypes, requestSets } from './common.js'

/** A self-signed trust anchor: 20 years, no path length. */
const basicCaRoot: ProfileConfig = {
  id: 'basic-ca-root',
  description: 'Self-signed root certificate authority',
  kind: 'root',
  validity: { default: 'P20Y', backdate: 'PT1H' },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'refused' },
  subjectAlternativeName: { use: 'never' },
  basicConstraints: { cA: true },
  keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
  crlDistributionPoints: { use: 'never' },
  authorityInfoAccess: { use: 'never' },
}

/** A CA below a root, which issues to end entities only: 10 years, path length 0. */
const basicCaSubord: ProfileConfig = {
  ...basicCaRoot,
  id: 'basic-ca-subord',
  description: 'Issuing certificate authority under a root',
  kind: 'intermediate',
  validity: { default: 'P10Y', backdate: 'PT1H' },
  basicConstraints: { cA: true, pathLenConstraint: 0 },
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'if-published' },
}

/** An OCSP responder of the CA that issues it: 30 days, not checked itself. */
const basicOcsp: ProfileConfig = {
  id: 'basic-ocsp',
  description: 'OCSP responder',
  kind: 'ocsp-signer',
  validity: { default: 'P30D', backdate: 'PT5M' },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'refused' },
  subjectAlternativeName: { use: 'from-request', homographs: 'log' },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { always: [extendedKeyUsageOid.ocspSigning], critical: true },
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'required' },
  ocspNoCheck: true,
}

const external = derive(basicCaSubord, {
  validity: { default: 'P1Y', backdate: 'PT5M' },
  subjectAlternativeName: { use: 'from-request', homographs: 'log' },
  requestExtensions: { pass: requestSets.policies },
})

/** The CA profiles of the reference. */
export const authorities: readonly ProfileConfig[] = [
  basicCaRoot,
  basicCaSubord,
  basicOcsp,
  derive(external, {
    id: 'azure-firewall-ca-subord',
    description: 'Intermediate CA of an Azure Firewall, under a root',
    basicConstraints: { pathLenConstraint: 1 },
  }),
  derive(external, {
    id: 'tlsproxy-ca-subord',
    description: 'CA of a TLS inspection proxy, under a root',
    extendedKeyUsage: { always: [purpose.server, purpose.client] },
  }),
]

/** An intermediate CA at any depth, whose path length the CA above decides. */
export const basicIntermediateCa: ProfileConfig = {
  ...basicCaSubord,
  id: 'basic-intermediate-ca',
  description: 'Intermediate certificate authority at any depth',
  basicConstraints: { cA: true },
  keyUsage: ['keyCertSign', 'cRLSign'],
}
