import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { fromHex, integerBytes, toSigned, utf8String } from '@certwright/core/asn1'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  accessMethodOid,
  BasicConstraints,
  Certificate,
  CertificateList,
  CertificatePolicies,
  CertificationRequest,
  CertificationRequestInfo,
  CPSuri,
  CRLDistributionPoints,
  CRLNumber,
  CRLReason,
  ExtendedKeyUsage,
  type Extension,
  ExtensionRequest,
  encodePem,
  extendedKeyUsageOid,
  extensionOid,
  InvalidityDate,
  IssuingDistributionPoint,
  KeyUsage,
  NameConstraints,
  parseName,
  policyOid,
  requestAttributeOid,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
  UserNotice,
} from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace, type Workspace } from './openssl.js'

let work: Workspace
beforeAll(() => {
  work = openWorkspace()
})
afterAll(() => work.remove())

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const subjectPublicKeyInfo = SubjectPublicKeyInfo.decode(publicKey.export({ type: 'spki', format: 'der' }))
const signature = { algorithm: '1.2.840.10045.4.3.2' }
const keyIdentifier = new Uint8Array(createHash('sha1').update(subjectPublicKeyInfo.subjectPublicKey.bytes).digest())
const name = parseName('CN=Made \\, here+UID=7,O="Acme, Inc.",ST=Zürich,C=CH,1.2.3.4=#0c0178')
const uri = (value: string) => ({ type: 'uniformResourceIdentifier', value }) as const
const signed = (bytes: Uint8Array) => ({ unusedBits: 0, bytes: new Uint8Array(sign('sha256', bytes, privateKey)) })
const extension = (extnID: string, extnValue: Uint8Array, critical = false): Extension => ({
  extnID,
  critical,
  extnValue,
})

const extensions: readonly Extension[] = [
  extension(extensionOid.basicConstraints, BasicConstraints.encode({ cA: true, pathLenConstraint: 1 }), true),
  extension(
    extensionOid.keyUsage,
    KeyUsage.encode(new Set(['keyCertSign', 'cRLSign', 'digitalSignature'] as const)),
    true,
  ),
  extension(extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier.encode(keyIdentifier)),
  extension(extensionOid.authorityKeyIdentifier, AuthorityKeyIdentifier.encode({ keyIdentifier })),
  extension(
    extensionOid.extendedKeyUsage,
    ExtendedKeyUsage.encode([extendedKeyUsageOid.serverAuth, extendedKeyUsageOid.ocspSigning]),
  ),
  extension(
    extensionOid.subjectAltName,
    SubjectAlternativeName.encode([
      { type: 'dNSName', value: 'made.example.org' },
      { type: 'iPAddress', value: fromHex('20010db8000000000000000000000001') },
      { type: 'directoryName', value: parseName('CN=other') },
      { type: 'registeredID', value: '1.2.3.4' },
      { type: 'otherName', value: { typeId: '1.3.6.1.4.1.311.20.2.3', value: utf8String.encode('a@corp') } },
      { type: 'ediPartyName', value: { partyName: { type: 'utf8String', value: 'party' } } },
    ]),
  ),
  extension(
    extensionOid.cRLDistributionPoints,
    CRLDistributionPoints.encode([
      {
        distributionPoint: { type: 'fullName', value: [uri('http://example.org/a.crl')] },
        reasons: new Set(['keyCompromise'] as const),
      },
    ]),
  ),
  extension(
    extensionOid.authorityInfoAccess,
    AuthorityInfoAccess.encode([
      { accessMethod: accessMethodOid.ocsp, accessLocation: uri('http://ocsp.example.org/') },
    ]),
  ),
  extension(
    extensionOid.certificatePolicies,
    CertificatePolicies.encode([
      {
        policyIdentifier: '1.2.3.4',
        policyQualifiers: [
          { policyQualifierId: policyOid.cps, qualifier: CPSuri.encode('http://example.org/cps') },
          {
            policyQualifierId: policyOid.userNotice,
            qualifier: UserNotice.encode({ explicitText: { type: 'utf8String', value: 'Notice' } }),
          },
        ],
      },
    ]),
  ),
  extension(
    extensionOid.nameConstraints,
    NameConstraints.encode({ permittedSubtrees: [{ base: { type: 'dNSName', value: 'example.org' }, minimum: 0 }] }),
    true,
  ),
]

function makeCertificate(): Uint8Array {
  const tbsCertificate = toSigned(TBSCertificate, {
    version: 2,
    serialNumber: fromHex('00c0ffee00c0ffee00c0ffee00c0ffee'),
    signature,
    issuer: name,
    validity: { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2060-01-01T00:00:00Z') },
    subject: name,
    subjectPublicKeyInfo,
    extensions,
  })
  return Certificate.encode({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: signed(tbsCertificate.bytes),
  })
}

describe('openssl reads and verifies what we make', () => {
  it('a certificate', () => {
    work.write('made.der', makeCertificate())
    work.write('made.pem', encodePem('CERTIFICATE', makeCertificate()))
    expect(work.openssl('asn1parse', '-inform', 'DER', '-in', 'made.der', '-i')).toContain('X509v3 Name Constraints')
    const text = work.openssl('x509', '-in', 'made.pem', '-noout', '-text', '-nameopt', 'RFC2253,utf8,-esc_msb')
    for (const expected of [
      'Serial Number:\n            c0:ff:ee:00:c0:ff:ee:00:c0:ff:ee:00:c0:ff:ee',
      'Not After : Jan  1 00:00:00 2060 GMT',
      'CN=Made \\, here+UID=7,O=Acme\\, Inc.,ST=Zürich,C=CH',
      'CA:TRUE, pathlen:1',
      'Digital Signature, Certificate Sign, CRL Sign',
      'DNS:made.example.org, IP Address:2001:DB8:0:0:0:0:0:1, DirName:',
      'Registered ID:1.2.3.4',
      'a@corp',
      'URI:http://example.org/a.crl',
      'Key Compromise',
      'OCSP - URI:http://ocsp.example.org/',
      'CPS: http://example.org/cps',
      'Explicit Text: Notice',
      'Permitted:\n                  DNS:example.org',
    ]) {
      expect(text).toContain(expected)
    }
    expect(work.openssl('verify', '-CAfile', 'made.pem', '-check_ss_sig', 'made.pem')).toContain('OK')
  })

  it('a request', () => {
    const info = toSigned(CertificationRequestInfo, {
      version: 0,
      subject: name,
      subjectPKInfo: subjectPublicKeyInfo,
      attributes: [
        { type: requestAttributeOid.challengePassword, values: [utf8String.encode('secret')] },
        { type: requestAttributeOid.extensionRequest, values: [ExtensionRequest.encode(extensions)] },
      ],
    })
    const request = { certificationRequestInfo: info, signatureAlgorithm: signature, signature: signed(info.bytes) }
    work.write('made.csr', CertificationRequest.encode(request))
    const text = work.openssl('req', '-inform', 'DER', '-in', 'made.csr', '-noout', '-text', '-verify')
    expect(text).toContain('DNS:made.example.org')
    expect(text).toMatch(/challengePassword\s*:\s*secret/)
  })

  it('a CRL', () => {
    work.write('made.pem', encodePem('CERTIFICATE', makeCertificate()))
    const fullName = [uri('http://example.org/a.crl')]
    const tbsCertList = toSigned(TBSCertList, {
      version: 1,
      signature,
      issuer: name,
      thisUpdate: new Date('2025-01-01T00:00:00Z'),
      nextUpdate: new Date('2055-01-01T00:00:00Z'),
      revokedCertificates: [
        { userCertificate: integerBytes.decode(fromHex('02020080')), revocationDate: new Date('2024-01-01T00:00:00Z') },
        {
          userCertificate: fromHex('05'),
          revocationDate: new Date('2024-02-01T00:00:00Z'),
          crlEntryExtensions: [
            extension(extensionOid.reasonCode, CRLReason.encode('removeFromCRL')),
            extension(extensionOid.invalidityDate, InvalidityDate.encode(new Date('2023-12-31T00:00:00Z'))),
          ],
        },
      ],
      crlExtensions: [
        extension(extensionOid.cRLNumber, CRLNumber.encode(77n)),
        extension(
          extensionOid.issuingDistributionPoint,
          IssuingDistributionPoint.encode({
            distributionPoint: { type: 'fullName', value: fullName },
            onlyContainsUserCerts: true,
            onlyContainsCACerts: false,
            indirectCRL: false,
            onlyContainsAttributeCerts: false,
          }),
          true,
        ),
      ],
    })
    const list = { tbsCertList, signatureAlgorithm: signature, signatureValue: signed(tbsCertList.bytes) }
    work.write('made.crl', CertificateList.encode(list))
    const text = work.openssl('crl', '-inform', 'DER', '-in', 'made.crl', '-noout', '-text', '-CAfile', 'made.pem')
    expect(text).toMatch(/X509v3 CRL Number: \s+(77|0x4D)\s/)
    for (const expected of [
      'Serial Number: 80',
      'Remove From CRL',
      'Dec 31 00:00:00 2023 GMT',
      'Only User Certificates',
    ]) {
      expect(text).toContain(expected)
    }
  })
})
