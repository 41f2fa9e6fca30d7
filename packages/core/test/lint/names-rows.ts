import { fromHex, utf8String } from '@certwright/core/asn1'
import { GeneralNames, otherNameOid } from '@certwright/core/pkix'
import { attributeOid, formatName, parseName } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { bare, dns, email, issuing, leaf, nameOf, names, plain, root, uris } from './samples.js'

const subject = (text: string) => leaf({ subject: parseName(text) })
const device = (...values: string[]) => leaf({ with: { subjectAltName: dns(...values) } })
const mailbox = (value: string) => leaf({ with: { subjectAltName: email(value) } })
const uri = (value: string) => leaf({ with: { subjectAltName: uris(value) } })
const criticalNames = { ...dns('device-1.example.com'), critical: true }
const utf8Mailbox = (text: string) =>
  leaf({
    with: {
      subjectAltName: names({
        type: 'otherName',
        value: { typeId: otherNameOid.smtpUTF8Mailbox, value: utf8String.encode(text) },
      }),
    },
  })
const issuerNames = plain(GeneralNames, [{ type: 'dNSName', value: 'ca.example.com' }])
const attribute = (type: keyof typeof attributeOid, hex: string) => leaf({ subject: nameOf([attributeOid[type], hex]) })
const long = 'a'.repeat(61)

export const nameRows: readonly Row[] = [
  ['subject-ca', issuing(), root({ subject: [], issuer: [] })],
  [
    'subject-of-issuer',
    subject('CN=device-1,O=Example Ltd,C=AT'),
    leaf({ subject: issuing().tbs.subject }),
    leaf({ subject: parseName(formatName(issuing().tbs.subject).toUpperCase()) }),
  ],
  [
    'subject-or-alternative-name',
    leaf({ subject: [], with: { subjectAltName: criticalNames } }),
    bare({ subject: [] }),
  ],
  ['alternative-name-critical', leaf({ subject: [], with: { subjectAltName: criticalNames } }), leaf({ subject: [] })],
  ['alternative-name-not-critical', leaf(), leaf({ with: { subjectAltName: criticalNames } })],
  [
    'alternative-name-not-empty',
    leaf(),
    device(''),
    leaf({ with: { subjectAltName: names({ type: 'directoryName', value: [] }) } }),
  ],
  [
    'issuer-alternative-name-not-critical',
    leaf({ with: { issuerAltName: issuerNames } }),
    leaf({ with: { issuerAltName: { ...issuerNames, critical: true } } }),
  ],
  [
    'dns-name-syntax',
    device('*.device-1.example.com', 'host'),
    device('device 1.example.com'),
    device('-a.example.com'),
    device('a..example.com'),
    device('.example.com'),
    device('a.example.com.'),
  ],
  ['dns-name-underscore', leaf(), device('device_1.example.com')],
  ['dns-label-length', device(`${'a'.repeat(63)}.example.com`), device(`${'a'.repeat(64)}.example.com`)],
  ['dns-name-length', leaf(), device(Array.from({ length: 5 }, () => long).join('.'))],
  ['dns-name-idna', device('xn--bcher-kva.example'), device('xn--999999999.example'), device('a.xn--a.example')],
  ['email-syntax', mailbox('user@example.com'), mailbox('User <user@example.com>'), mailbox('example.com')],
  ['smtp-utf8-mailbox', utf8Mailbox('j\u00fcrgen@example.com'), utf8Mailbox('user@example.com')],
  ['uri-absolute', uri('urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'), uri('/device/1'), uri('https://a.example/ b')],
  ['uri-host', uri('spiffe://example.org/device'), uri('https:///device'), uri('https://device_1/')],
  [
    'ip-address-length',
    leaf({ with: { subjectAltName: names({ type: 'iPAddress', value: fromHex('c0000201') }) } }),
    leaf({ with: { subjectAltName: names({ type: 'iPAddress', value: fromHex('c00002') }) } }),
  ],
  ['attribute-characters', leaf(), attribute('commonName', '1303613b40'), attribute('commonName', '0500')],
  ['attribute-not-empty', leaf(), attribute('commonName', '0c00')],
  [
    'attribute-length',
    subject(`CN=${'a'.repeat(64)}`),
    subject(`CN=${'a'.repeat(65)}`),
    subject(`L=${'a'.repeat(129)}`),
  ],
  ['directory-string-type', subject('CN=a,DC=example,E=user@example.com'), attribute('commonName', '1e020061')],
  ['printable-attributes', subject('CN=a,SERIALNUMBER=1'), attribute('countryName', '0c024154')],
  ['ia5-attributes', subject('CN=a,DC=example'), attribute('domainComponent', '0c0161')],
  ['country-code', subject('CN=a,C=AT'), subject('CN=a,C=AUT'), subject('CN=a,C=4x')],
  [
    'email-in-subject',
    leaf({ subject: parseName('CN=a,E=user@example.com'), with: { subjectAltName: email('User@example.com') } }),
    subject('CN=a,E=user@example.com'),
  ],
]
