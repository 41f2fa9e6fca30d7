import { ia5String, printableString, toHex, utf8String } from '@certwright/core/asn1'
import { CertificationRequest, equalNames, formatName, Name, parseName } from '@certwright/core/x509'
import { afterAll, describe, expect, it } from 'vitest'
import { openWorkspace } from './openssl.js'

const work = openWorkspace()
afterAll(work.remove)

const jurisdiction = '1.3.6.1.4.1.311.60.2.1'
const mark = '1.3.6.1.4.1.53087'

/** The attributes of certificate subjects that enterprise CAs take, with every alias they take them by. */
const attributes: readonly (readonly [string, string])[] = [
  ['CN CommonName', '2.5.4.3'],
  ['SN SurName', '2.5.4.4'],
  ['SERIALNUMBER DeviceSerialNumber', '2.5.4.5'],
  ['C Country', '2.5.4.6'],
  ['L Locality', '2.5.4.7'],
  ['ST S State', '2.5.4.8'],
  ['STREET StreetAddress', '2.5.4.9'],
  ['O Org Organization', '2.5.4.10'],
  ['OU OrganizationalUnit OrganizationUnit OrgUnit', '2.5.4.11'],
  ['T Title', '2.5.4.12'],
  ['BUSINESSCATEGORY', '2.5.4.15'],
  ['POSTALCODE', '2.5.4.17'],
  ['givenName G', '2.5.4.42'],
  ['I Initials', '2.5.4.43'],
  ['ORGANIZATIONIDENTIFIER', '2.5.4.97'],
  ['UID', '0.9.2342.19200300.100.1.1'],
  ['DC DomainComponent', '0.9.2342.19200300.100.1.25'],
  ['Email E', '1.2.840.113549.1.9.1'],
  ['unstructuredName', '1.2.840.113549.1.9.2'],
  ['unstructuredAddress', '1.2.840.113549.1.9.8'],
  ['JurisdictionOfIncorporationLocalityName', `${jurisdiction}.1`],
  ['JurisdictionOfIncorporationStateOrProvinceName', `${jurisdiction}.2`],
  ['JurisdictionOfIncorporationCountryName', `${jurisdiction}.3`],
  ['TrademarkOfficeName', `${mark}.1.2`],
  ['TrademarkCountryOrRegionName', `${mark}.1.3`],
  ['TrademarkRegistration', `${mark}.1.4`],
  ['LegalEntityIdentifier', `${mark}.1.5`],
  ['WordMark', `${mark}.1.6`],
  ['MarkType', `${mark}.1.13`],
  ['StatuteCountryName', `${mark}.3.2`],
  ['StatuteStateOrProvinceName', `${mark}.3.3`],
  ['StatuteLocalityName', `${mark}.3.4`],
  ['StatuteCitation', `${mark}.3.5`],
  ['StatuteURL', `${mark}.3.6`],
]

const sampleOf = (names: string, index: number): string => (names.includes('Country') ? 'DE' : `v${index}`)

describe('attributes of distinguished names', () => {
  it('are thirty-four and more', () => {
    expect(attributes).toHaveLength(34)
  })

  it.each(attributes)('%s are %s, whatever the case', (names, oid) => {
    for (const name of names.split(' ')) {
      for (const written of [name, name.toLowerCase(), name.toUpperCase(), oid, `OID.${oid}`]) {
        const parsed = parseName(`${written}=DE`)
        expect(parsed[0]?.[0]?.type).toBe(oid)
        for (const style of ['compact', 'strict', 'readable', 'slash'] as const) {
          expect(parseName(formatName(parsed, { style }))).toEqual(parsed)
        }
      }
    }
  })

  it('come out of a request of openssl as they went in', () => {
    // openssl leaves out what stands before the first dot, so that a type can come several times.
    const values = attributes.map(([names, oid], index) => `0.${oid} = ${sampleOf(names, index)}`)
    const request = '[req]\ndistinguished_name = d\nprompt = no\nutf8 = yes\nstring_mask = utf8only\n[d]\n'
    work.write('dn.cnf', `${request}${values.join('\n')}\n`)
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'dn.key']
    work.openssl('req', '-new', '-config', 'dn.cnf', ...key, '-outform', 'DER', '-out', 'dn.csr')
    const { subject } = CertificationRequest.decode(work.read('dn.csr')).certificationRequestInfo.value
    expect(subject.map(([attribute]) => attribute?.type)).toEqual(attributes.map(([, oid]) => oid))
    const text = formatName(subject)
    for (const [index, [names]] of attributes.entries()) {
      const [first = ''] = names.split(' ')
      const expected = `${first}=${sampleOf(names, index)}`.toLowerCase().replace('email=', 'emailaddress=')
      expect(text.toLowerCase().split(',').reverse()[index]).toBe(expected)
    }
    expect(equalNames(parseName(text), subject)).toBe(true)
  })
})

describe('styles of names', () => {
  const name = parseName('CN=a/b\\, c+UID=\\#1,O=Acme \\"x\\",emailAddress=a@b,C=DE')

  it.each([
    ['compact', 'CN=a/b\\, c+UID=\\#1,O=Acme \\"x\\",emailAddress=a@b,C=DE'],
    ['strict', 'CN=a/b\\, c+UID=\\#1,O=Acme \\"x\\",1.2.840.113549.1.9.1=#1603614062,C=DE'],
    ['readable', 'CN=a/b\\, c + UID=\\#1, O=Acme \\"x\\", emailAddress=a@b, C=DE'],
    ['slash', '/C=DE/emailAddress=a@b/O=Acme \\"x\\"/CN=a\\/b\\, c+UID=\\#1'],
  ] as const)('%s is %s', (style, text) => {
    expect(formatName(name, { style })).toBe(text)
    expect(parseName(text)).toEqual(name)
  })

  it('of slashes are what openssl takes', () => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 's.key', '-utf8']
    const subject = parseName('CN=a/b+UID=\\+1,OU=c\\, d\\;\\<\\>,O=\\"Ä\\\\,DC=example,C=DE')
    work.openssl(
      'req',
      '-new',
      ...key,
      '-subj',
      formatName(subject, { style: 'slash' }),
      '-outform',
      'DER',
      '-out',
      's.csr',
    )
    const theirs = CertificationRequest.decode(work.read('s.csr')).certificationRequestInfo.value.subject
    expect(equalNames(theirs, subject)).toBe(true)
    expect(toHex(Name.encode(theirs))).toBe(toHex(Name.encode(subject)))
  })

  it.each(['/', '/CN=a/', '/CN', '/CN=a,O=b', '//CN=a', '/CN=a\\', 'CN=a\\/b'])('%j is read strictly', (text) => {
    if (text === '/') expect(parseName(text)).toEqual([])
    else if (text === '/CN=a,O=b')
      expect(parseName(text)).toEqual([[{ type: '2.5.4.3', value: utf8String.encode('a,O=b') }]])
    else expect(() => parseName(text)).toThrow('distinguished name')
  })

  it('write country names and domain components as RFC 5280 wants them', () => {
    expect(parseName('C=DE')[0]?.[0]?.value).toEqual(printableString.encode('DE'))
    expect(parseName('DC=a')[0]?.[0]?.value).toEqual(ia5String.encode('a'))
  })
})
