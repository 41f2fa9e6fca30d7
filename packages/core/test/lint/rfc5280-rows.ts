import { concatBytes, fromHex } from '@certwright/core/asn1'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  type Extension,
  extendedKeyUsageOid,
  InhibitAnyPolicy,
  KeyUsage,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  PrivateKeyUsagePeriod,
  parseName,
  SubjectDirectoryAttributes,
  SubjectKeyIdentifier,
  TBSCertificate,
  UserNotice,
  Validity,
} from '@certwright/core/x509'
import type { Row } from './rules.js'
import {
  bare,
  critical,
  crlAt,
  infoAt,
  issuing,
  leaf,
  plain,
  policies,
  purposes,
  raw,
  root,
  type Sample,
  usage,
} from './samples.js'

const extensionsOf = ({ tbs }: Sample): readonly Extension[] => tbs.extensions ?? []
const validity = (notBefore: string, notAfter: string) => ({
  notBefore: new Date(`${notBefore}T00:00:00Z`),
  notAfter: new Date(`${notAfter}T00:00:00Z`),
})

/** The leaf with its dates in the other form of time. */
function otherTimes(): Sample {
  const sample = leaf()
  const bytes = TBSCertificate.encode(sample.tbs)
  const times = Validity.encode(sample.tbs.validity)
  const text = (date: Date) => date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  const general = (date: Date) => concatBytes(fromHex('180f'), new TextEncoder().encode(text(date)))
  const { notBefore, notAfter } = sample.tbs.validity
  const at = bytes.findIndex((_, index) => times.every((octet, offset) => bytes[index + offset] === octet))
  const body = concatBytes(fromHex('3022'), general(notBefore), general(notAfter))
  // The header of the TBSCertificate is four octets: 30 82 and the length.
  const content = concatBytes(bytes.subarray(4, at), body, bytes.subarray(at + times.length))
  const header = Uint8Array.of(0x30, 0x82, content.length >> 8, content.length & 0xff)
  return { ...sample, bytes: concatBytes(header, content) }
}

const constraints = (value: Parameters<typeof NameConstraints.encode>[0]) => ({
  with: { nameConstraints: critical(NameConstraints, value) },
})
type Base = NonNullable<Parameters<typeof NameConstraints.encode>[0]['permittedSubtrees']>[number]['base']
const permitted = (base: Base, distance: { minimum?: number; maximum?: number } = {}) =>
  constraints({ permittedSubtrees: [{ minimum: 0, ...distance, base }] })

const notice = (value: Parameters<typeof UserNotice.encode>[0]) => ({
  with: {
    certificatePolicies: plain(CertificatePolicies, [
      {
        policyIdentifier: '1.3.6.1.4.1.99999.1',
        policyQualifiers: [{ policyQualifierId: '1.3.6.1.5.5.7.2.2', qualifier: UserNotice.encode(value) }],
      },
    ]),
  },
})
const text = (value: string, type: 'utf8String' | 'ia5String' | 'visibleString' = 'utf8String') =>
  notice({ explicitText: { type, value } })
const mapping = (issuerDomainPolicy: string, subjectDomainPolicy: string, isCritical = true) => ({
  with: {
    certificatePolicies: policies('1.3.6.1.4.1.99999.1'),
    policyMappings: (isCritical ? critical : plain)(PolicyMappings, [{ issuerDomainPolicy, subjectDomainPolicy }]),
  },
})
const anyPolicyWith = (policyQualifierId: string) => ({
  with: {
    certificatePolicies: plain(CertificatePolicies, [
      {
        policyIdentifier: '2.5.29.32.0',
        policyQualifiers: [{ policyQualifierId, qualifier: fromHex('1603613a62') }],
      },
    ]),
  },
})
/** RFC 3739 section 3.2.2. */
const dateOfBirth = [{ type: '1.3.6.1.5.5.7.9.1', values: [fromHex('180f31393730303130313030303030305a')] }]
const keyId = (byte: string) => plain(AuthorityKeyIdentifier, { keyIdentifier: fromHex(byte.repeat(20)) })
const noCrlPlace = plain(CRLDistributionPoints, [{ reasons: new Set(['keyCompromise'] as const) }])
const generalizedEnd = leaf({ validity: validity('2026-04-01', '2035-01-01') })

export const rfc5280Rows: readonly Row[] = [
  ['version-3', leaf(), leaf({ version: 0 })],
  ['serial-positive', leaf(), leaf({ serialNumber: fromHex('00') }), leaf({ serialNumber: fromHex('80'.repeat(16)) })],
  ['serial-length', leaf({ serialNumber: fromHex('40'.repeat(20)) }), leaf({ serialNumber: fromHex('40'.repeat(21)) })],
  ['issuer-present', leaf(), leaf({ issuer: [] })],
  ['issuer-matches', leaf(), leaf({ issuer: parseName('CN=Other') }), root({ issuer: parseName('CN=Other') })],
  ['issuer-is-ca', leaf(), leaf({ issuerTbs: leaf().tbs })],
  ['issuer-may-sign', leaf(), leaf({ issuerTbs: issuing({ with: { keyUsage: usage('cRLSign') } }).tbs })],
  ['validity-order', leaf(), leaf({ validity: validity('2026-09-01', '2026-04-01') })],
  [
    'validity-within-issuer',
    leaf(),
    leaf({ validity: validity('2026-04-01', '2036-01-02') }),
    leaf({ validity: validity('2025-04-01', '2026-09-01') }),
  ],
  ['time-form', generalizedEnd, otherTimes()],
  ['unique-identifiers', leaf(), leaf({ subjectUniqueID: { unusedBits: 0, bytes: fromHex('01') } })],
  ['unique-extensions', leaf(), leaf({ more: extensionsOf(leaf()).slice(0, 1) })],
  ['extension-syntax', leaf(), leaf({ with: { keyUsage: raw('0500', true) } })],
  [
    'unknown-critical-extension',
    leaf(),
    leaf({ more: [{ extnID: '1.3.6.1.4.1.99999.2', critical: true, extnValue: fromHex('0500') }] }),
  ],
  [
    'authority-key-identifier-present',
    leaf(),
    leaf({ with: { authorityKeyIdentifier: null } }),
    leaf({ with: { authorityKeyIdentifier: raw('3000') } }),
  ],
  [
    'authority-key-identifier-not-critical',
    leaf(),
    leaf({ with: { authorityKeyIdentifier: { ...keyId('02'), critical: true } } }),
  ],
  [
    'authority-key-identifier-matches',
    root({ with: { authorityKeyIdentifier: keyId('01') } }),
    root({ with: { authorityKeyIdentifier: keyId('09') } }),
    leaf({ with: { authorityKeyIdentifier: keyId('09') } }),
  ],
  ['subject-key-identifier-ca', issuing(), issuing({ with: { subjectKeyIdentifier: null } })],
  ['subject-key-identifier-end-entity', leaf(), leaf({ with: { subjectKeyIdentifier: null } })],
  [
    'subject-key-identifier-not-critical',
    leaf(),
    leaf({ with: { subjectKeyIdentifier: critical(SubjectKeyIdentifier, fromHex('03'.repeat(20))) } }),
  ],
  [
    'key-usage-ca',
    issuing(),
    issuing({ with: { keyUsage: null } }),
    issuing({ with: { keyUsage: usage('digitalSignature') } }),
  ],
  ['key-usage-cert-sign', issuing(), leaf({ with: { keyUsage: usage('digitalSignature', 'keyCertSign') } })],
  ['key-usage-critical', leaf(), leaf({ with: { keyUsage: plain(KeyUsage, new Set(['digitalSignature'] as const)) } })],
  ['key-usage-not-empty', leaf(), leaf({ with: { keyUsage: usage() } })],
  [
    'key-usage-only-bits',
    bare({ with: { keyUsage: usage('keyAgreement', 'decipherOnly') } }),
    bare({ with: { keyUsage: usage('digitalSignature', 'encipherOnly') } }),
  ],
  [
    'basic-constraints-critical',
    issuing(),
    issuing({ with: { basicConstraints: plain(BasicConstraints, { cA: true }) } }),
  ],
  [
    'path-length-only-ca',
    issuing(),
    leaf({ with: { basicConstraints: critical(BasicConstraints, { cA: false, pathLenConstraint: 0 }) } }),
  ],
  [
    'path-length',
    issuing({
      issuerTbs: root({ with: { basicConstraints: critical(BasicConstraints, { cA: true, pathLenConstraint: 1 }) } })
        .tbs,
    }),
    issuing({ issuer: issuing().tbs.subject, issuerTbs: issuing().tbs }),
    issuing({
      issuerTbs: root({ with: { basicConstraints: critical(BasicConstraints, { cA: true, pathLenConstraint: 3 }) } })
        .tbs,
      with: { basicConstraints: critical(BasicConstraints, { cA: true, pathLenConstraint: 3 }) },
    }),
  ],
  [
    'name-constraints-only-ca',
    issuing(permitted({ type: 'dNSName', value: 'example.com' })),
    leaf(permitted({ type: 'dNSName', value: 'example.com' })),
  ],
  [
    'name-constraints-critical',
    issuing(permitted({ type: 'dNSName', value: 'example.com' })),
    issuing({
      with: {
        nameConstraints: plain(NameConstraints, {
          permittedSubtrees: [{ minimum: 0, base: { type: 'dNSName', value: 'example.com' } }],
        }),
      },
    }),
  ],
  [
    'name-constraints-not-empty',
    issuing(permitted({ type: 'dNSName', value: 'example.com' })),
    issuing(constraints({})),
  ],
  [
    'name-constraints-distance',
    issuing(permitted({ type: 'dNSName', value: 'example.com' })),
    issuing(permitted({ type: 'dNSName', value: 'example.com' }, { minimum: 1 })),
    issuing(permitted({ type: 'dNSName', value: 'example.com' }, { maximum: 4 })),
  ],
  [
    'name-constraints-forms',
    issuing(permitted({ type: 'rfc822Name', value: 'example.com' })),
    issuing(permitted({ type: 'registeredID', value: '1.2.3' })),
  ],
  [
    'name-constraints-dns',
    issuing(permitted({ type: 'dNSName', value: 'example.com' })),
    issuing(permitted({ type: 'dNSName', value: '.example.com' })),
    issuing(permitted({ type: 'dNSName', value: '*.example.com' })),
  ],
  [
    'name-constraints-ip',
    issuing(permitted({ type: 'iPAddress', value: fromHex('c0000200ffffff00') })),
    issuing(permitted({ type: 'iPAddress', value: fromHex('c0000201') })),
    issuing(permitted({ type: 'iPAddress', value: fromHex('c0000200ff00ff00') })),
  ],
  [
    'policies-unique',
    leaf({ with: { certificatePolicies: policies('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2') } }),
    leaf({ with: { certificatePolicies: policies('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.1') } }),
  ],
  ['any-policy-qualifiers', leaf(anyPolicyWith('1.3.6.1.5.5.7.2.1')), leaf(anyPolicyWith('1.3.6.1.4.1.99999.3'))],
  [
    'notice-reference',
    leaf(text('Limited liability')),
    leaf(notice({ noticeRef: { organization: { type: 'utf8String', value: 'Example' }, noticeNumbers: [1n] } })),
  ],
  ['explicit-text-length', leaf(text('a'.repeat(200))), leaf(text('a'.repeat(201)))],
  ['explicit-text-ia5', leaf(text('Limited')), leaf(text('Limited', 'ia5String'))],
  ['explicit-text-utf8', leaf(text('Limited')), leaf(text('Limited', 'visibleString'))],
  ['explicit-text-control', leaf(text('Limited')), leaf(text('Limi\u0007ted'))],
  ['explicit-text-nfc', leaf(text('Beschr\u00e4nkt')), leaf(text('Beschra\u0308nkt'))],
  [
    'policy-mappings-any-policy',
    issuing(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2')),
    issuing(mapping('2.5.29.32.0', '1.3.6.1.4.1.99999.2')),
    issuing(mapping('1.3.6.1.4.1.99999.1', '2.5.29.32.0')),
  ],
  [
    'policy-mappings-critical',
    issuing(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2')),
    issuing(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2', false)),
  ],
  [
    'policy-mappings-named',
    issuing(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2')),
    issuing(mapping('1.3.6.1.4.1.99999.7', '1.3.6.1.4.1.99999.2')),
  ],
  [
    'policy-mappings-only-ca',
    issuing(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2')),
    leaf(mapping('1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2')),
  ],
  [
    'policy-constraints-critical',
    issuing({ with: { policyConstraints: critical(PolicyConstraints, { requireExplicitPolicy: 0 }) } }),
    issuing({ with: { policyConstraints: plain(PolicyConstraints, { requireExplicitPolicy: 0 }) } }),
  ],
  [
    'policy-constraints-not-empty',
    issuing({ with: { policyConstraints: critical(PolicyConstraints, { inhibitPolicyMapping: 0 }) } }),
    issuing({ with: { policyConstraints: raw('3000', true) } }),
  ],
  [
    'inhibit-any-policy-critical',
    issuing({ with: { inhibitAnyPolicy: critical(InhibitAnyPolicy, 0) } }),
    issuing({ with: { inhibitAnyPolicy: plain(InhibitAnyPolicy, 0) } }),
  ],
  [
    'subject-directory-attributes-not-critical',
    leaf({ with: { subjectDirectoryAttributes: plain(SubjectDirectoryAttributes, dateOfBirth) } }),
    leaf({ with: { subjectDirectoryAttributes: critical(SubjectDirectoryAttributes, dateOfBirth) } }),
  ],
  [
    'extended-key-usage-any',
    leaf({ with: { extendedKeyUsage: purposes('anyExtendedKeyUsage') } }),
    leaf({ with: { extendedKeyUsage: critical(ExtendedKeyUsage, [extendedKeyUsageOid.anyExtendedKeyUsage]) } }),
  ],
  [
    'extended-key-usage-consistent',
    leaf(),
    leaf({ with: { extendedKeyUsage: purposes('codeSigning'), keyUsage: usage('keyAgreement') } }),
  ],
  [
    'crl-distribution-points-not-critical',
    leaf(),
    leaf({ with: { cRLDistributionPoints: { ...crlAt('http://pki.example.com/ca.crl'), critical: true } } }),
  ],
  ['distribution-point-complete', leaf(), leaf({ with: { cRLDistributionPoints: noCrlPlace } })],
  [
    'distribution-point-uri',
    leaf({ with: { cRLDistributionPoints: crlAt('ldap://pki.example.com/cn=ca') } }),
    leaf({ with: { cRLDistributionPoints: crlAt('ftp://pki.example.com/ca.crl') } }),
  ],
  [
    'freshest-crl-not-critical',
    leaf({ with: { freshestCRL: crlAt('http://pki.example.com/delta.crl') } }),
    leaf({ with: { freshestCRL: { ...crlAt('http://pki.example.com/delta.crl'), critical: true } } }),
  ],
  [
    'authority-info-access-not-critical',
    leaf(),
    leaf({ with: { authorityInfoAccess: { ...infoAt(['ocsp', 'http://ocsp.example.com']), critical: true } } }),
  ],
  [
    'authority-info-access-uri',
    leaf(),
    leaf({ with: { authorityInfoAccess: infoAt(['caIssuers', 'ftp://pki.example.com/ca.cer']) } }),
    leaf({
      with: {
        authorityInfoAccess: plain(AuthorityInfoAccess, [
          { accessMethod: '1.3.6.1.5.5.7.48.1', accessLocation: { type: 'rfc822Name', value: 'ocsp@example.com' } },
        ]),
      },
    }),
  ],
  [
    'subject-info-access-not-critical',
    issuing({ with: { subjectInfoAccess: infoAt(['caRepository', 'http://pki.example.com/']) } }),
    issuing({
      with: { subjectInfoAccess: { ...infoAt(['caRepository', 'http://pki.example.com/']), critical: true } },
    }),
  ],
  [
    'private-key-usage-period',
    leaf({
      with: { privateKeyUsagePeriod: plain(PrivateKeyUsagePeriod, { notAfter: new Date('2026-06-01T00:00:00Z') }) },
    }),
    leaf({ with: { privateKeyUsagePeriod: raw('3000') } }),
    leaf({
      with: { privateKeyUsagePeriod: critical(PrivateKeyUsagePeriod, { notAfter: new Date('2026-06-01T00:00:00Z') }) },
    }),
  ],
]
