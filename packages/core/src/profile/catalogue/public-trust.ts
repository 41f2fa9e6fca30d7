import { extendedKeyUsageOid } from '../../x509/index.js'
import { derive, type ProfileConfig } from '../config/index.js'
import { purpose } from './common.js'

const policy = {
  dv: '2.23.140.1.2.1',
  codeSigning: '2.23.140.1.4.1',
  mailbox: '2.23.140.1.5.1.3',
  tsa: '2.23.140.1.4.2',
}

/**
 * A domain-validated server of the WebPKI by the TLS Baseline Requirements section 7.1.2.7: 90 days are within the
 * longest validity of every date up to March 2029.
 */
const webPki: ProfileConfig = {
  id: 'webpki-dv-server',
  description: 'TLS server by the CA/Browser Forum, domain validated',
  kind: 'end-entity',
  validity: { default: 'P90D', backdate: 'PT1H' },
  keys: { allowed: ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'] },
  subject: { empty: 'allowed', attributes: { CN: {} }, others: 'dropped', homographs: 'refuse' },
  subjectAlternativeName: {
    use: 'required',
    kinds: { dNSName: {}, iPAddress: {} },
    commonNameIncluded: true,
  },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { always: [purpose.server] },
  certificatePolicies: { always: [{ oid: policy.dv }] },
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'required' },
  suppress: ['subjectKeyIdentifier'],
  lint: { sources: ['cabf-br'] },
}

/** A mailbox by the S/MIME Baseline Requirements, generation "strict" (section 7.1.2.3). */
const smimeMailbox: ProfileConfig = {
  id: 'smime-mailbox-strict',
  description: 'S/MIME by the CA/Browser Forum, mailbox validated, strict',
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: 'PT1H' },
  keys: { allowed: ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'rsa-3072', 'rsa-4096'] },
  subject: { empty: 'allowed', attributes: { CN: {}, emailAddress: {} }, others: 'dropped' },
  subjectAlternativeName: {
    use: 'required',
    kinds: { rfc822Name: { required: true, max: 10 } },
    commonNameIncluded: true,
  },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  keyUsageByFamily: { rsa: ['digitalSignature', 'keyEncipherment'] },
  extendedKeyUsage: { always: [purpose.email] },
  certificatePolicies: { always: [{ oid: policy.mailbox }] },
  crlDistributionPoints: { use: 'required' },
  authorityInfoAccess: { use: 'if-published' },
  lint: { sources: ['cabf-smime'] },
}

const named = {
  empty: 'refused',
  attributes: { CN: { required: true }, O: { required: true }, C: { required: true } },
} as const

/** Code signing by the Forum's requirements (section 7.1.2.3): keys of 3072 bits or curves. */
const codeSigning: ProfileConfig = {
  id: 'code-signing',
  description: 'Code signing by the CA/Browser Forum',
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: 'PT1H' },
  keys: { allowed: ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-3072', 'rsa-4096'] },
  subject: named,
  subjectAlternativeName: { use: 'never' },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { always: [purpose.codeSigning] },
  certificatePolicies: { always: [{ oid: policy.codeSigning }] },
  crlDistributionPoints: { use: 'required' },
  authorityInfoAccess: { use: 'required' },
  lint: { sources: ['cabf-code-signing'] },
}

/** Profiles whose requirements others wrote: the CA/Browser Forum and the RFCs of roles in the PKI. */
export const publicTrust: readonly ProfileConfig[] = [
  webPki,
  derive(webPki, { id: 'ct-precertificate', description: 'Precertificate of a TLS server (RFC 6962)', ctPoison: true }),
  smimeMailbox,
  codeSigning,
  derive(codeSigning, {
    id: 'time-stamping-authority',
    description: 'Timestamp authority (RFC 3161)',
    kind: 'tsa',
    validity: { default: 'P5Y' },
    subject: { attributes: { O: null, C: null } },
    certificatePolicies: null,
    extendedKeyUsage: { always: [extendedKeyUsageOid.timeStamping], critical: true },
    crlDistributionPoints: { use: 'if-published' },
    authorityInfoAccess: { use: 'if-published' },
    privateKeyUsagePeriod: { percent: 20 },
    lint: null,
  }),
  derive(codeSigning, {
    id: 'registration-authority',
    description: 'Registration authority (RFC 6402)',
    kind: 'ra',
    subject: { attributes: { O: null, C: null } },
    certificatePolicies: null,
    extendedKeyUsage: { always: [extendedKeyUsageOid.cmcRA, purpose.client] },
    crlDistributionPoints: { use: 'if-published' },
    authorityInfoAccess: { use: 'if-published' },
    lint: null,
  }),
]
