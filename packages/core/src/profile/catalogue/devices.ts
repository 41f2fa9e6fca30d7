import { extendedKeyUsageOid, extensionOid } from '../../x509/index.js'
import { derive, type ProfileConfig } from '../config/index.js'
import { purpose } from './common.js'

/** The end of certificates without one (RFC 5280 section 4.1.2.5); never beyond the issuer's. */
const noEnd = { notAfter: '9999-12-31T23:59:59Z', backdate: 'PT5M', requester: 'nothing' } as const

/** id-on-hardwareModuleName (RFC 4108) and id-on-permanentIdentifier (RFC 4043). */
const deviceNames = ['1.3.6.1.5.5.7.8.4', '1.3.6.1.5.5.7.8.3']

/** IEEE 802.1AR section 8: the identity that a device has from its maker, for as long as it lives. */
const idevid: ProfileConfig = {
  id: 'ieee8021ar-idevid',
  description: 'Initial device identity (IEEE 802.1AR)',
  kind: 'end-entity',
  validity: noEnd,
  keys: { allowed: ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ml-dsa-44', 'ml-dsa-65'] },
  subject: {
    empty: 'refused',
    attributes: { serialNumber: { required: true }, CN: {}, O: {}, OU: { max: 4 }, C: {} },
    others: 'refused',
  },
  subjectAlternativeName: { use: 'from-request', kinds: { otherName: { types: deviceNames, max: 2 } } },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'if-published' },
}

const vid = '1.3.6.1.4.1.37244.2.1'
const pid = '1.3.6.1.4.1.37244.2.2'
const fourHex = { pattern: '[0-9A-F]{4}' } as const
const sixteenHex = { pattern: '[0-9A-F]{16}', required: true } as const

/** Matter section 6.2.2: device attestation, with keys on P-256 only. */
const dac: ProfileConfig = {
  id: 'matter-dac',
  description: 'Matter device attestation certificate',
  kind: 'end-entity',
  validity: noEnd,
  keys: { allowed: ['ecdsa-p256'] },
  subject: {
    empty: 'refused',
    attributes: {
      CN: { required: true },
      [vid]: { ...fourHex, required: true },
      [pid]: { ...fourHex, required: true },
    },
  },
  subjectAlternativeName: { use: 'never' },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'if-published' },
}

const pai = derive(dac, {
  id: 'matter-pai',
  description: 'Matter product attestation intermediate',
  kind: 'intermediate',
  subject: { attributes: { [pid]: { required: null } } },
  basicConstraints: { cA: true, pathLenConstraint: 0 },
  keyUsage: ['keyCertSign', 'cRLSign'],
})

/** A client of a network: the usage of RSA keys also covers key transport of old TLS. */
const wifi: ProfileConfig = {
  id: 'wifi-client',
  description: 'Client of a wireless network (EAP-TLS, RFC 5216)',
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: 'PT5M' },
  keys: { allowed: ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'] },
  subject: {
    empty: 'allowed',
    attributes: { CN: {}, O: {}, OU: { max: 4 }, C: {}, serialNumber: {}, UID: {}, emailAddress: {} },
    others: 'refused',
  },
  subjectAlternativeName: {
    use: 'from-request',
    kinds: {
      dNSName: { wildcard: 'refused' },
      rfc822Name: {},
      otherName: { types: ['1.3.6.1.4.1.311.20.2.3', '1.3.6.1.5.5.7.8.8'] },
    },
  },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  keyUsageByFamily: { rsa: ['digitalSignature', 'keyEncipherment'] },
  extendedKeyUsage: { always: [purpose.client] },
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'if-published' },
}

/** Identities of devices, and clients of networks. */
export const devices: readonly ProfileConfig[] = [
  idevid,
  derive(idevid, {
    id: 'ieee8021ar-ldevid',
    description: 'Locally significant device identity (IEEE 802.1AR)',
    validity: { notAfter: null, default: 'P1Y', requester: null },
    keyUsageByFamily: { rsa: ['digitalSignature', 'keyEncipherment'] },
    subject: { others: null },
    subjectAlternativeName: { kinds: { dNSName: {}, iPAddress: {}, uniformResourceIdentifier: {} } },
    extendedKeyUsage: { request: 'allowed', allowed: [purpose.client, purpose.server, extendedKeyUsageOid.ipsecIKE] },
    requestExtensions: { pass: [extensionOid.certificatePolicies] },
  }),
  dac,
  pai,
  derive(pai, {
    id: 'matter-paa',
    description: 'Matter product attestation authority',
    kind: 'root',
    subject: { attributes: { [vid]: { required: null }, [pid]: { max: 0, pattern: null } } },
    basicConstraints: { pathLenConstraint: 1 },
    crlDistributionPoints: { use: 'never' },
    authorityInfoAccess: { use: 'never' },
  }),
  derive(dac, {
    id: 'matter-noc',
    description: 'Matter node operational certificate',
    subject: {
      attributes: {
        CN: { required: null },
        [vid]: null,
        [pid]: null,
        '1.3.6.1.4.1.37244.1.1': sixteenHex,
        '1.3.6.1.4.1.37244.1.5': sixteenHex,
        '1.3.6.1.4.1.37244.1.6': { pattern: '[0-9A-F]{8}', max: 3 },
      },
      others: 'refused',
    },
    extendedKeyUsage: { always: [purpose.client, purpose.server], critical: true },
    crlDistributionPoints: { use: 'never' },
    authorityInfoAccess: { use: 'never' },
  }),
  wifi,
  derive(wifi, {
    id: 'vpn-client',
    description: 'Client of a virtual private network (IKEv2, RFC 4945)',
    subjectAlternativeName: { kinds: { iPAddress: {} } },
    extendedKeyUsage: { always: [purpose.client, extendedKeyUsageOid.ipsecIKE] },
  }),
]
