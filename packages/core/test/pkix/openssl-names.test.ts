import { X509Certificate } from 'node:crypto'
import { toHex } from '@certwright/core/asn1'
import { formatGeneralName, generalName, parseGeneralName, parseGeneralNames } from '@certwright/core/pkix'
import {
  Certificate,
  decodeExtension,
  extensionOid,
  NameConstraints,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace } from '../x509/openssl.js'

const work = openWorkspace()
afterAll(work.remove)

const names = [
  generalName.dns('*.bücher.example'),
  generalName.ip('192.0.2.1'),
  generalName.ip('2001:db8::1'),
  generalName.email('alice@example.org'),
  generalName.uri('https://example.org/a?b=c'),
  generalName.registeredID('1.2.3.4'),
  generalName.directory('CN=other'),
  generalName.userPrincipalName('alice@corp.example'),
  generalName.email('用户@bücher.example'),
  generalName.srv('_imaps.example.org'),
  generalName.kerberosPrincipal('CORP', ['krbtgt', 'CORP'], 2),
  generalName.permanentIdentifier({ identifierValue: 'abc', assigner: '1.2.3' }),
]

const config = `
[req]
distinguished_name = dn
prompt = no
utf8 = yes
x509_extensions = ext
[dn]
CN = a
[ext]
subjectAltName = @alt
nameConstraints = permitted;DNS:example.org, permitted;IP:192.0.2.0/255.255.255.0, excluded;email:.example.com, excluded;URI:.example.com, excluded;IP:2001:db8::/ffff:ffff::
[alt]
DNS = *.xn--bcher-kva.example
IP.1 = 192.0.2.1
IP.2 = 2001:db8::1
email = alice@example.org
URI = https://example.org/a?b=c
RID = 1.2.3.4
dirName = dir
otherName.1 = 1.3.6.1.4.1.311.20.2.3;UTF8:alice@corp.example
otherName.2 = 1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8String:用户@xn--bcher-kva.example
otherName.3 = 1.3.6.1.5.5.7.8.7;IA5STRING:_imaps.example.org
otherName.4 = 1.3.6.1.5.2.2;SEQUENCE:krb
otherName.5 = 1.3.6.1.5.5.7.8.3;SEQUENCE:permanent
[dir]
CN = other
[krb]
realm = EXPLICIT:0,GeneralString:CORP
name = EXPLICIT:1,SEQUENCE:principal
[principal]
type = EXPLICIT:0,INTEGER:2
parts = EXPLICIT:1,SEQUENCE:parts
[parts]
a = GeneralString:krbtgt
b = GeneralString:CORP
[permanent]
value = UTF8String:abc
assigner = OID:1.2.3
`

describe('general names that openssl makes', () => {
  const extensions = () => Certificate.decode(work.read('names.der')).tbsCertificate.value.extensions
  beforeAll(() => {
    work.write('names.cnf', config)
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'names.key']
    work.openssl('req', '-x509', '-config', 'names.cnf', ...key, '-outform', 'DER', '-out', 'names.der')
  })

  it('are those that we make of the same texts, to the octet', () => {
    const extension = extensions()?.find(({ extnID }) => extnID === extensionOid.subjectAltName)
    const sorted = (list: typeof names) => list.map((name) => toHex(SubjectAlternativeName.encode([name]))).sort()
    // openssl gathers names of one kind; the order is its own.
    const theirs = SubjectAlternativeName.decode(extension?.extnValue ?? new Uint8Array())
    expect(sorted([...theirs])).toEqual(sorted(names))
  })

  it('read back from what openssl prints', () => {
    const text = work.openssl('x509', '-inform', 'DER', '-in', 'names.der', '-noout', '-ext', 'subjectAltName')
    const printed =
      text
        .split('\n')[1]
        ?.trim()
        .split(', ')
        .filter((name) => !name.startsWith('othername')) ?? []
    expect(printed).toHaveLength(7)
    expect(new Set(parseGeneralNames(printed.join(', ')).map((name) => formatGeneralName(name)))).toEqual(
      new Set(names.slice(0, 7).map((name) => formatGeneralName(name))),
    )
  })

  it('read back from what node prints', () => {
    const printed = new X509Certificate(work.read('names.der')).subjectAltName?.split(', ') ?? []
    const texts = printed.filter((name) => /^(?:DNS|IP Address|email|URI|Registered ID):/.test(name))
    expect(texts).toHaveLength(6)
    expect(new Set(texts.map((text) => formatGeneralName(parseGeneralName(text))))).toEqual(
      new Set(names.slice(0, 6).map((name) => formatGeneralName(name))),
    )
  })

  it('are name constraints as we make them', () => {
    const constraints = decodeExtension(NameConstraints, extensions(), extensionOid.nameConstraints)
    const subtree = (text: string) => ({ base: parseGeneralName(text, { constraint: true }), minimum: 0 })
    expect(constraints).toEqual({
      permittedSubtrees: ['DNS:example.org', 'IP:192.0.2.0/24'].map(subtree),
      excludedSubtrees: ['email:.example.com', 'URI:.example.com', 'IP:2001:db8::/32'].map(subtree),
    })
  })
})
