import { Asn1Error, type Schema, toHex } from '@certwright/core/asn1'
import {
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
  decodeExtension,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  FreshestCRL,
  formatName,
  InhibitAnyPolicy,
  InvalidityDate,
  IssuerAlternativeName,
  KeyUsage,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  requestedExtensions,
  SubjectAlternativeName,
  SubjectInfoAccess,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
  UserNotice,
} from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyExtension, keyTypes, openWorkspace, type Workspace } from './openssl.js'

let work: Workspace
beforeAll(() => {
  work = openWorkspace()
  work.write('every.cnf', everyExtension)
})
afterAll(() => work.remove())

/** The schema of every extension in `everyExtension` and `openssl ca` CRLs. */
const schemas: ReadonlyMap<string, Schema<unknown>> = new Map<string, Schema<unknown>>([
  [extensionOid.authorityInfoAccess, AuthorityInfoAccess],
  [extensionOid.authorityKeyIdentifier, AuthorityKeyIdentifier],
  [extensionOid.basicConstraints, BasicConstraints],
  [extensionOid.certificatePolicies, CertificatePolicies],
  [extensionOid.cRLDistributionPoints, CRLDistributionPoints],
  [extensionOid.cRLNumber, CRLNumber],
  [extensionOid.extendedKeyUsage, ExtendedKeyUsage],
  [extensionOid.freshestCRL, FreshestCRL],
  [extensionOid.inhibitAnyPolicy, InhibitAnyPolicy],
  [extensionOid.issuerAltName, IssuerAlternativeName],
  [extensionOid.keyUsage, KeyUsage],
  [extensionOid.nameConstraints, NameConstraints],
  [extensionOid.policyConstraints, PolicyConstraints],
  [extensionOid.policyMappings, PolicyMappings],
  [extensionOid.subjectAltName, SubjectAlternativeName],
  [extensionOid.subjectInfoAccess, SubjectInfoAccess],
  [extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier],
])

/** Decodes and encodes the values of known extensions; returns how many there were. */
function checkExtensions(extensions: readonly Extension[]): number {
  let known = 0
  for (const { extnID, extnValue } of extensions) {
    const schema = schemas.get(extnID)
    if (schema === undefined) continue
    known++
    expect(toHex(schema.encode(schema.decode(extnValue))), extnID).toBe(toHex(extnValue))
  }
  return known
}

describe.each(Object.keys(keyTypes))('%s', (type) => {
  const file = type.replace(' ', '-')
  beforeAll(() => {
    work.openssl('genpkey', ...(keyTypes[type] ?? []), '-out', `${file}.key`)
    const key = ['-new', '-config', 'every.cnf', '-utf8', '-key', `${file}.key`, '-outform', 'DER']
    work.openssl('req', ...key, '-out', `${file}.csr`)
    work.openssl('req', ...key, '-x509', '-days', '30000', '-out', `${file}.crt`)
    work.openssl('pkey', '-in', `${file}.key`, '-pubout', '-outform', 'DER', '-out', `${file}.spki`)
  })

  it('round-trips its request, extensions included', () => {
    const der = work.read(`${file}.csr`)
    const request = CertificationRequest.decode(der)
    const info = request.certificationRequestInfo
    expect(CertificationRequest.encode(request)).toEqual(der)
    expect(toHex(SubjectPublicKeyInfo.encode(info.value.subjectPKInfo))).toBe(toHex(work.read(`${file}.spki`)))
    expect(checkExtensions(requestedExtensions(info.value))).toBeGreaterThanOrEqual(14)
  })

  it('round-trips its certificate, each part encoded anew', () => {
    const der = work.read(`${file}.crt`)
    const certificate = Certificate.decode(der)
    const { bytes, value } = certificate.tbsCertificate
    expect(Certificate.encode(certificate)).toEqual(der)
    expect(toHex(TBSCertificate.encode(value))).toBe(toHex(bytes))
    expect(checkExtensions(value.extensions ?? [])).toBeGreaterThanOrEqual(15)
    expect(value.validity.notAfter.getUTCFullYear()).toBeGreaterThan(2100)
  })
})

describe('what openssl wrote', () => {
  const extensions = (): readonly Extension[] =>
    Certificate.decode(work.read('P-256.crt')).tbsCertificate.value.extensions ?? []

  it('means what the configuration says', () => {
    const all = extensions()
    expect(decodeExtension(BasicConstraints, all, extensionOid.basicConstraints)).toEqual({
      cA: true,
      pathLenConstraint: 3,
    })
    expect(decodeExtension(KeyUsage, all, extensionOid.keyUsage)?.has('decipherOnly')).toBe(true)
    expect(decodeExtension(ExtendedKeyUsage, all, extensionOid.extendedKeyUsage)?.at(-1)).toBe('1.3.6.1.4.1.311.20.2.2')
    expect(decodeExtension(PolicyConstraints, all, extensionOid.policyConstraints)).toEqual({
      requireExplicitPolicy: 3,
      inhibitPolicyMapping: 0,
    })
    expect(decodeExtension(InhibitAnyPolicy, all, extensionOid.inhibitAnyPolicy)).toBe(2)
    const points = decodeExtension(CRLDistributionPoints, all, extensionOid.cRLDistributionPoints)
    expect(points?.[1]?.reasons).toEqual(new Set(['keyCompromise', 'cACompromise']))
    expect(points?.[0]?.distributionPoint?.value).toHaveLength(2)
  })

  it('holds every kind of general name', () => {
    const names = decodeExtension(SubjectAlternativeName, extensions(), extensionOid.subjectAltName) ?? []
    expect(names.map(({ type }) => type).sort()).toEqual(
      [
        'dNSName',
        'dNSName',
        'directoryName',
        'iPAddress',
        'iPAddress',
        'otherName',
        'registeredID',
        'rfc822Name',
        'uniformResourceIdentifier',
      ].sort(),
    )
  })

  it('holds a user notice', () => {
    const policies = decodeExtension(CertificatePolicies, extensions(), extensionOid.certificatePolicies) ?? []
    const qualifier = policies[2]?.policyQualifiers?.[1]?.qualifier ?? new Uint8Array()
    expect(UserNotice.decode(qualifier)).toMatchObject({
      noticeRef: { noticeNumbers: [1n, 2n, 3n] },
      explicitText: { value: 'Explicit text' },
    })
  })

  it('has the name that openssl prints', () => {
    const { subject } = Certificate.decode(work.read('P-256.crt')).tbsCertificate.value
    const printed = work.openssl('x509', '-in', 'P-256.crt', '-noout', '-subject', '-nameopt', 'RFC2253,utf8,-esc_msb')
    const text = formatName(subject)
      .replace('SERIALNUMBER', 'serialNumber')
      .replace('emailAddress=a@example.org', 'emailAddress=#1613') // openssl knows no RFC 4514 name for it
    expect(
      printed
        .trim()
        .replace('subject=', '')
        .replace(/emailAddress=[^,]*/, 'emailAddress=#1613'),
    ).toBe(text)
  })
})

describe('a CRL of openssl', () => {
  beforeAll(() => {
    const config = `[ca]\ndefault_ca = c\n[c]\ndatabase = ${work.path('db')}\ncrlnumber = ${work.path('num')}\ndefault_md = sha256\ncrl_extensions = x\n[x]\nauthorityKeyIdentifier = keyid\n`
    work.write('ca.cnf', config)
    work.write('num', '1234567890ABCDEF1234\n')
    const entry = (serial: string, reason: string) =>
      `R\t300101000000Z\t250101000000Z${reason}\t${serial}\tunknown\t/CN=x\n`
    work.write(
      'db',
      [
        entry('01', ''),
        entry('80', ',keyCompromise'),
        entry('00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', ',superseded'),
        entry('02', ',CAkeyTime,20240101000000Z'),
      ].join(''),
    )
    const ca = ['-config', 'ca.cnf', '-keyfile', 'P-256.key', '-cert', 'ca.pem', '-crldays', '7']
    work.openssl('x509', '-in', 'P-256.crt', '-inform', 'DER', '-out', 'ca.pem')
    work.openssl('ca', '-gencrl', ...ca, '-out', 'crl.pem')
    work.openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der')
  })

  it('round-trips and means what the database says', () => {
    const der = work.read('crl.der')
    const list = CertificateList.decode(der)
    expect(CertificateList.encode(list)).toEqual(der)
    const { bytes, value } = list.tbsCertList
    expect(toHex(TBSCertList.encode(value))).toBe(toHex(bytes))
    expect(decodeExtension(CRLNumber, value.crlExtensions, extensionOid.cRLNumber)).toBe(0x1234567890abcdef1234n)
    const entries = value.revokedCertificates ?? []
    expect(entries.map(({ userCertificate }) => toHex(userCertificate))).toContain('0080')
    const reasons = entries.map((entry) =>
      decodeExtension(CRLReason, entry.crlEntryExtensions, extensionOid.reasonCode),
    )
    expect(new Set(reasons)).toEqual(new Set([undefined, 'keyCompromise', 'superseded', 'cACompromise']))
    const dates = entries.map((entry) =>
      decodeExtension(InvalidityDate, entry.crlEntryExtensions, extensionOid.invalidityDate),
    )
    expect(dates.filter((date) => date !== undefined)).toEqual([new Date('2024-01-01T00:00:00Z')])
  })
})

describe('damaged messages of openssl', () => {
  it('are refused with a typed error at every length', () => {
    for (const [file, schema] of [
      ['P-256.csr', CertificationRequest],
      ['P-256.crt', Certificate],
    ] as const) {
      const der = work.read(file)
      for (let length = 0; length < der.length; length++) {
        expect(() => schema.decode(der.subarray(0, length))).toThrow(Asn1Error)
      }
    }
  })
})
