import { type Schema, toHex } from '@certwright/core/asn1'
import {
  CABFOrganizationIdentifier,
  CountryOfPerson,
  CTPoison,
  DateOfBirth,
  extensionOid,
  Gender,
  MsApplicationPolicies,
  MsTemplate,
  MsTemplateName,
  NtdsSecurity,
  OCSPNoCheck,
  oidName,
  PIVInterim,
  PlaceOfBirth,
  PrivateKeyUsagePeriod,
  personalDataOid,
  QCStatements,
  readNtdsSecurity,
  SMIMECapabilities,
  SubjectDirectoryAttributes,
  TLSFeature,
  toNtdsSecurity,
} from '@certwright/core/x509'
import { afterAll, describe, expect, it } from 'vitest'
import { openWorkspace } from './openssl.js'

const work = openWorkspace()
afterAll(work.remove)

const sid = 'S-1-5-21-1004336348-1177238915-682003330-512'
const date = (text: string): Date => new Date(text)

/** An extension, its value, how openssl is told to make that value, and what openssl prints of it, if it knows it. */
const extensions: readonly (readonly [keyof typeof extensionOid, Schema<unknown>, unknown, string, string?])[] = [
  ['msTemplateName', MsTemplateName, 'Wébserver', 'FORMAT:UTF8,BMPSTRING:Wébserver'],
  [
    'msTemplate',
    MsTemplate,
    { templateID: '1.3.6.1.4.1.311.21.8.1.2', templateMajorVersion: 100, templateMinorVersion: 7 },
    'SEQUENCE:template\n[template]\nid = OID:1.3.6.1.4.1.311.21.8.1.2\nmajor = INTEGER:100\nminor = INTEGER:7',
  ],
  [
    'msApplicationPolicies',
    MsApplicationPolicies,
    [{ policyIdentifier: '1.3.6.1.5.5.7.3.2' }, { policyIdentifier: '1.3.6.1.4.1.311.20.2.2' }],
    'SEQUENCE:policies\n[policies]\na = SEQUENCE:policy1\nb = SEQUENCE:policy2\n[policy1]\nid = OID:clientAuth\n[policy2]\nid = OID:msSmartcardLogin',
  ],
  [
    'ntdsSecurity',
    NtdsSecurity,
    toNtdsSecurity(sid),
    `SEQUENCE:ntds\n[ntds]\nname = IMPLICIT:0,SEQUENCE:sid\n[sid]\nid = OID:1.3.6.1.4.1.311.25.2.1\nvalue = EXPLICIT:0,OCTETSTRING:${sid}`,
  ],
  [
    'smimeCapabilities',
    SMIMECapabilities,
    [
      { capabilityID: '2.16.840.1.101.3.4.1.42' },
      { capabilityID: '1.2.840.113549.3.2', parameters: Uint8Array.of(2, 2, 0, 128) },
    ],
    'SEQUENCE:capabilities\n[capabilities]\na = SEQUENCE:aes\nb = SEQUENCE:rc2\n[aes]\nid = OID:aes-256-cbc\n[rc2]\nid = OID:rc2-cbc\nbits = INTEGER:128',
    'S/MIME Capabilities',
  ],
  ['pivInterim', PIVInterim, true, 'BOOLEAN:TRUE'],
  [
    'privateKeyUsagePeriod',
    PrivateKeyUsagePeriod,
    { notBefore: date('2026-01-02T03:04:05Z'), notAfter: date('2060-01-02T03:04:05Z') },
    'SEQUENCE:period\n[period]\na = IMPLICIT:0,GENERALIZEDTIME:20260102030405Z\nb = IMPLICIT:1,GENERALIZEDTIME:20600102030405Z',
    'Not Before: Jan  2 03:04:05 2026 GMT, Not After: Jan  2 03:04:05 2060 GMT',
  ],
  ['ocspNoCheck', OCSPNoCheck, null, 'NULL', 'OCSP No Check'],
  [
    'tlsFeature',
    TLSFeature,
    [5, 17],
    'SEQUENCE:features\n[features]\na = INTEGER:5\nb = INTEGER:17',
    'status_request, status_request_v2',
  ],
  ['ctPoison', CTPoison, null, 'NULL', 'CT Precertificate Poison: critical'],
  [
    'qcStatements',
    QCStatements,
    [{ statementId: '0.4.0.1862.1.1' }],
    'SEQUENCE:qc\n[qc]\na = SEQUENCE:qc1\n[qc1]\nid = OID:0.4.0.1862.1.1',
    'qcStatements',
  ],
  [
    'subjectDirectoryAttributes',
    SubjectDirectoryAttributes,
    [{ type: '1.3.6.1.5.5.7.9.4', values: [Uint8Array.of(0x13, 2, 0x44, 0x45)] }],
    'SEQUENCE:attributes\n[attributes]\na = SEQUENCE:citizenship\n[citizenship]\nid = OID:id-pda-countryOfCitizenship\nvalues = SET:countries\n[countries]\na = PRINTABLESTRING:DE',
    'X509v3 Subject Directory Attributes',
  ],
  [
    'cabfOrganizationIdentifier',
    CABFOrganizationIdentifier,
    {
      registrationSchemeIdentifier: 'NTR',
      registrationCountry: 'US',
      registrationStateOrProvince: 'CA',
      registrationReference: '123-é',
    },
    'SEQUENCE:cabf\n[cabf]\na = PRINTABLESTRING:NTR\nb = PRINTABLESTRING:US\nc = IMPLICIT:0,PRINTABLESTRING:CA\nd = FORMAT:UTF8,UTF8String:123-é',
  ],
]

describe('attributes of persons', () => {
  it.each([
    ['dateOfBirth', DateOfBirth, date('1815-12-10T12:00:00Z'), 'GENERALIZEDTIME:18151210120000Z'],
    ['placeOfBirth', PlaceOfBirth, { type: 'utf8String', value: 'München' }, 'FORMAT:UTF8,UTF8String:München'],
    ['gender', Gender, 'F', 'PRINTABLESTRING:F'],
    ['countryOfResidence', CountryOfPerson, 'DE', 'PRINTABLESTRING:DE'],
  ] as const)('%s is read and written as openssl does', (name, given, value, made) => {
    const schema: Schema<unknown> = given
    work.write('person.cnf', `asn1 = ${made}\n`)
    work.openssl('asn1parse', '-genconf', 'person.cnf', '-noout', '-out', 'person.der')
    const der = work.read('person.der')
    expect(schema.decode(der)).toEqual(value)
    expect(toHex(schema.encode(value))).toBe(toHex(der))
    expect(oidName(personalDataOid[name])).toBe(name)
  })
})

describe('extensions beyond RFC 5280 that openssl makes', () => {
  it.each(extensions.map(([name, schema, value, made]) => ({ name, schema, value, made })))(
    '$name is read and written as openssl does',
    ({ name, schema, value, made }) => {
      work.write(`${name}.cnf`, `asn1 = ${made}\n`)
      work.openssl('asn1parse', '-genconf', `${name}.cnf`, '-noout', '-out', `${name}.der`)
      const der = work.read(`${name}.der`)
      expect(schema.decode(der)).toEqual(value)
      expect(toHex(schema.encode(value))).toBe(toHex(der))
    },
  )

  it('are printed by openssl when we make them', () => {
    const lines = extensions.map(([name, schema, value]) => {
      const critical = name === 'ctPoison' ? 'critical,' : ''
      return `${extensionOid[name]} = ${critical}DER:${toHex(schema.encode(value))}`
    })
    const config = `[req]\ndistinguished_name = d\nprompt = no\nx509_extensions = x\n[d]\nCN = a\n[x]\n${lines.join('\n')}\n`
    work.write('all.cnf', config)
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'all.key']
    work.openssl('req', '-x509', '-config', 'all.cnf', ...key, '-out', 'all.pem')
    const text = work.openssl('x509', '-in', 'all.pem', '-noout', '-text')
    for (const [, , , , printed] of extensions) expect(text).toContain(printed ?? '')
  })

  it('say whose account it is', () => {
    expect(readNtdsSecurity(toNtdsSecurity(sid))).toBe(sid)
    for (const text of ['', 'S-1-5', 'S-2-5-1', 'alice', `${sid} `]) expect(() => toNtdsSecurity(text)).toThrow()
    expect(() => readNtdsSecurity([{ typeId: '1.2.3', value: new TextEncoder().encode(sid) }])).toThrow()
    expect(() => readNtdsSecurity([])).toThrow()
  })
})
