import { type Asn1ErrorKind, concatBytes, fromHex, type Schema, toHex } from '@certwright/core/asn1'
import {
  AlgorithmIdentifier,
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificateList,
  CertificatePolicies,
  CertificationRequest,
  CRLDistributionPoints,
  CRLNumber,
  CRLReason,
  EcdsaSigValue,
  EcParameters,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  InhibitAnyPolicy,
  InvalidityDate,
  IssuingDistributionPoint,
  KeyUsage,
  Name,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  PrivateKeyUsagePeriod,
  RsaPublicKey,
  RsassaPssParams,
  SubjectAlternativeName,
  SubjectDirectoryAttributes,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  UserNotice,
  Validity,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { failure, hex, tlv } from '../asn1/support.js'

const oid = '06 03 2a 03 04'

const table: readonly (readonly [string, Schema<unknown>, string, Asn1ErrorKind, string])[] = [
  ['AlgorithmIdentifier without algorithm', AlgorithmIdentifier, '30 02 05 00', 'tag', 'algorithm'],
  ['AlgorithmIdentifier with two parameters', AlgorithmIdentifier, `30 09 ${oid} 05 00 05 00`, 'trailing', ''],
  ['SubjectPublicKeyInfo without key', SubjectPublicKeyInfo, `30 07 30 05 ${oid}`, 'missing', 'subjectPublicKey'],
  ['an empty RDN', Name, '30 02 31 00', 'value', '0'],
  ['an RDN that is a SEQUENCE', Name, '30 02 30 00', 'tag', '0'],
  ['an attribute without value', Name, `30 09 31 07 30 05 ${oid}`, 'missing', '0.0.value'],
  [
    'attributes of an RDN out of order',
    Name,
    `30 14 31 12 30 07 ${oid} 0c 00 30 07 06 03 2a 03 03 0c 00`,
    'order',
    '0.1',
  ],
  ['Validity without end', Validity, '30 0f 17 0d 32 30 30 31 30 31 30 30 30 30 30 30 5a', 'missing', 'notAfter'],
  ['an extension with critical FALSE', Extension, `30 0a ${oid} 01 01 00 04 00`, 'default', 'critical'],
  ['an extension without value', Extension, `30 05 ${oid}`, 'missing', 'extnValue'],
  ['an extension with a BIT STRING', Extension, `30 08 ${oid} 03 01 00`, 'tag', 'extnValue'],
  ['no extensions', Extensions, '30 00', 'value', ''],
  ['BasicConstraints with cA FALSE', BasicConstraints, '30 03 01 01 00', 'default', 'cA'],
  ['BasicConstraints with cA 01', BasicConstraints, '30 03 01 01 01', 'value', 'cA'],
  ['a negative path length', BasicConstraints, '30 06 01 01 ff 02 01 ff', 'value', 'pathLenConstraint'],
  [
    'a path length of 2^64',
    BasicConstraints,
    '30 0e 01 01 ff 02 09 01 00 00 00 00 00 00 00 00',
    'limit',
    'pathLenConstraint',
  ],
  ['KeyUsage with trailing zeros', KeyUsage, '03 02 00 80', 'value', ''],
  ['KeyUsage with bit 9', KeyUsage, '03 03 06 00 40', 'value', ''],
  ['KeyUsage that is an OCTET STRING', KeyUsage, '04 01 80', 'tag', ''],
  ['no purposes', ExtendedKeyUsage, '30 00', 'value', ''],
  ['a purpose that is no identifier', ExtendedKeyUsage, '30 03 02 01 01', 'tag', '0'],
  ['a key identifier that is a BIT STRING', SubjectKeyIdentifier, '03 02 00 01', 'tag', ''],
  ['an authority key identifier of another tag', AuthorityKeyIdentifier, '30 03 83 01 01', 'trailing', ''],
  ['an authority key identifier out of order', AuthorityKeyIdentifier, '30 06 82 01 01 80 01 01', 'trailing', ''],
  [
    'an authority serial number with a spare octet',
    AuthorityKeyIdentifier,
    '30 04 82 02 00 01',
    'non-minimal',
    'authorityCertSerialNumber',
  ],
  ['no names', SubjectAlternativeName, '30 00', 'value', ''],
  ['a name of tag 9', SubjectAlternativeName, '30 03 89 01 41', 'tag', '0'],
  ['an umlaut in a dNSName', SubjectAlternativeName, '30 03 82 01 e4', 'value', '0.dNSName'],
  ['a constructed dNSName', SubjectAlternativeName, '30 05 a2 03 04 01 41', 'constructed', '0.dNSName'],
  ['a directoryName with implicit tag', SubjectAlternativeName, '30 04 a4 02 31 00', 'tag', '0.directoryName'],
  ['an otherName without value', SubjectAlternativeName, `30 07 a0 05 ${oid}`, 'missing', '0.otherName.value'],
  [
    'an otherName with two values',
    SubjectAlternativeName,
    `30 0d a0 0b ${oid} a0 04 05 00 05 00`,
    'trailing',
    '0.otherName.value',
  ],
  ['no distribution points', CRLDistributionPoints, '30 00', 'value', ''],
  ['an empty fullName', CRLDistributionPoints, '30 06 30 04 a0 02 a0 00', 'value', '0.distributionPoint.fullName'],
  ['a primitive distribution point name', CRLDistributionPoints, '30 04 30 02 80 00', 'trailing', '0'],
  ['no access descriptions', AuthorityInfoAccess, '30 00', 'value', ''],
  ['an access description without location', AuthorityInfoAccess, `30 07 30 05 ${oid}`, 'missing', '0.accessLocation'],
  ['no policies', CertificatePolicies, '30 00', 'value', ''],
  ['no qualifiers', CertificatePolicies, `30 09 30 07 ${oid} 30 00`, 'value', '0.policyQualifiers'],
  ['a notice with a PrintableString', UserNotice, '30 03 13 01 41', 'trailing', ''],
  ['no subtrees', NameConstraints, '30 02 a0 00', 'value', 'permittedSubtrees'],
  [
    'a subtree with minimum 0',
    NameConstraints,
    '30 0a a0 08 30 06 82 01 41 80 01 00',
    'default',
    'permittedSubtrees.0.minimum',
  ],
  ['a negative number of certificates', PolicyConstraints, '30 03 80 01 ff', 'value', 'requireExplicitPolicy'],
  ['a negative inhibitAnyPolicy', InhibitAnyPolicy, '02 01 80', 'value', ''],
  ['no policy mappings', PolicyMappings, '30 00', 'value', ''],
  [
    'a UTCTime in a usage period',
    PrivateKeyUsagePeriod,
    '30 0f 80 0d 32 30 30 31 30 31 30 30 30 30 30 30 5a',
    'value',
    'notBefore',
  ],
  ['no directory attributes', SubjectDirectoryAttributes, '30 00', 'value', ''],
  ['an attribute without values', SubjectDirectoryAttributes, `30 09 30 07 ${oid} 31 00`, 'value', '0.values'],
  ['a negative CRL number', CRLNumber, '02 01 ff', 'value', ''],
  ['the reason 7', CRLReason, '0a 01 07', 'value', ''],
  ['the reason 11', CRLReason, '0a 01 0b', 'value', ''],
  ['a reason that is an INTEGER', CRLReason, '02 01 01', 'tag', ''],
  ['an invalidity date in UTCTime', InvalidityDate, '17 0d 32 30 30 31 30 31 30 30 30 30 30 30 5a', 'tag', ''],
  ['indirectCRL FALSE', IssuingDistributionPoint, '30 03 84 01 00', 'default', 'indirectCRL'],
  ['an RSA key of one number', RsaPublicKey, '30 03 02 01 03', 'missing', 'publicExponent'],
  ['an RSA key with a spare octet', RsaPublicKey, '30 07 02 02 00 03 02 01 03', 'non-minimal', 'modulus'],
  ['explicit curve parameters', EcParameters, '30 03 02 01 01', 'tag', ''],
  ['an implicit curve', EcParameters, '05 00', 'tag', ''],
  ['a raw ECDSA signature', EcdsaSigValue, '00 01', 'tag', ''],
  ['an ECDSA signature with three numbers', EcdsaSigValue, '30 09 02 01 01 02 01 01 02 01 01', 'trailing', ''],
  ['a present salt length of 20', RsassaPssParams, '30 05 a2 03 02 01 14', 'default', 'saltLength'],
  ['a present trailer field of 1', RsassaPssParams, '30 05 a3 03 02 01 01', 'default', 'trailerField'],
]

describe('malformed structures', () => {
  it.each(table)('refuses %s', (_what, schema, der, kind, path) => {
    const found = failure(schema, hex(der))
    expect({ kind: found.kind, path: found.path.join('.') }).toEqual({ kind, path })
  })
})

const algorithm = tlv(0x30, hex('06 08 2a8648ce3d040302'))
const spki = hex('30 0a 30 05 06 03 2a 03 04 03 01 00')
const validity = tlv(0x30, hex(`17 0d ${toHex(new TextEncoder().encode('200101000000Z'))}`.repeat(2)))
const signature = hex('03 02 00 01')
const number = hex('02 01 01')
const name = hex('30 00')
const v3 = hex('a0 03 02 01 02')
const extensions = hex('a3 0d 30 0b 30 09 06 03 551d0e 04 02 0400')
const tbs = (...fields: readonly Uint8Array[]): Uint8Array => tlv(0x30, tlv(0x30, ...fields), algorithm, signature)

/** A structure put together from its fields, so that one of them can be wrong. */
const structures: readonly (readonly [string, Schema<unknown>, Uint8Array, Asn1ErrorKind, string])[] = [
  [
    'a certificate of version 1 that says so',
    Certificate,
    tbs(hex('a0 03 02 01 00'), number, algorithm, name, validity, name, spki),
    'default',
    'tbsCertificate.version',
  ],
  [
    'a certificate with implicit version',
    Certificate,
    tbs(hex('80 01 02'), number, algorithm, name, validity, name, spki),
    'tag',
    'tbsCertificate.serialNumber',
  ],
  [
    'a certificate without serial number',
    Certificate,
    tbs(v3, algorithm, name, validity, name, spki),
    'tag',
    'tbsCertificate.serialNumber',
  ],
  [
    'a certificate with an empty serial number',
    Certificate,
    tbs(v3, hex('02 00'), algorithm, name, validity, name, spki),
    'value',
    'tbsCertificate.serialNumber',
  ],
  [
    'a certificate with a padded serial number',
    Certificate,
    tbs(v3, hex('02 02 00 01'), algorithm, name, validity, name, spki),
    'non-minimal',
    'tbsCertificate.serialNumber',
  ],
  [
    'a certificate with swapped names and validity',
    Certificate,
    tbs(v3, number, algorithm, validity, name, name, spki),
    'tag',
    'tbsCertificate.issuer.0',
  ],
  [
    'a certificate with empty extensions',
    Certificate,
    tbs(v3, number, algorithm, name, validity, name, spki, hex('a3 02 30 00')),
    'value',
    'tbsCertificate.extensions',
  ],
  [
    'a certificate with two extension lists',
    Certificate,
    tbs(v3, number, algorithm, name, validity, name, spki, extensions, extensions),
    'trailing',
    'tbsCertificate',
  ],
  [
    'a certificate with unique identifiers out of order',
    Certificate,
    tbs(v3, number, algorithm, name, validity, name, spki, hex('82 01 00 81 01 00')),
    'trailing',
    'tbsCertificate',
  ],
  [
    'a certificate with a signature of half octets',
    Certificate,
    tlv(0x30, tlv(0x30, v3, number, algorithm, name, validity, name, spki), algorithm, hex('03 02 04 01')),
    'value',
    'signatureValue',
  ],
  [
    'a request without attributes',
    CertificationRequest,
    tbs(hex('02 01 00'), name, spki),
    'missing',
    'certificationRequestInfo.attributes',
  ],
  [
    'a request with attributes out of order',
    CertificationRequest,
    tbs(
      hex('02 01 00'),
      name,
      spki,
      tlv(0xa0, tlv(0x30, hex('06 01 2b'), hex('31 02 05 00')), tlv(0x30, hex('06 01 2a'), hex('31 02 05 00'))),
    ),
    'order',
    'certificationRequestInfo.attributes.1',
  ],
  [
    'a request with an attribute without values',
    CertificationRequest,
    tbs(hex('02 01 00'), name, spki, tlv(0xa0, tlv(0x30, hex('06 01 2b'), hex('31 00')))),
    'value',
    'certificationRequestInfo.attributes.0.values',
  ],
  [
    'a CRL with an entry without date',
    CertificateList,
    tbs(number, algorithm, name, hex('17 0d 3230303130313030303030305a'), tlv(0x30, tlv(0x30, number))),
    'missing',
    'tbsCertList.revokedCertificates.0.revocationDate',
  ],
  [
    'a CRL with implicit extensions',
    CertificateList,
    tbs(number, algorithm, name, hex('17 0d 3230303130313030303030305a'), hex('a1 00')),
    'trailing',
    'tbsCertList',
  ],
]

describe('malformed certificates, requests and CRLs', () => {
  it('are made from well-formed parts', () => {
    expect(() => Certificate.decode(tbs(v3, number, algorithm, name, validity, name, spki, extensions))).not.toThrow()
    expect(() => CertificationRequest.decode(tbs(hex('02 01 00'), name, spki, hex('a0 00')))).not.toThrow()
    expect(() => CertificateList.decode(tbs(algorithm, name, hex('17 0d 3230303130313030303030305a')))).not.toThrow()
  })

  it.each(structures)('refuses %s', (_what, schema, der, kind, path) => {
    const found = failure(schema, der)
    expect({ kind: found.kind, path: found.path.join('.') }).toEqual({ kind, path })
  })

  it('refuses octets after the end', () => {
    const der = tbs(v3, number, algorithm, name, validity, name, spki)
    expect(failure(Certificate, concatBytes(der, fromHex('00'))).kind).toBe('trailing')
  })
})
