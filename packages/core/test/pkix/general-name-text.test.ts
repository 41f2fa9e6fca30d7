import { any, fromHex, toHex, utf8String } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import {
  equalGeneralNames,
  formatGeneralName,
  formatGeneralNames,
  GeneralName,
  generalName,
  otherNameOid,
  parseGeneralName,
  parseGeneralNames,
  readOtherName,
} from '@certwright/core/pkix'
import { parseName } from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const texts: readonly (readonly [string, GeneralName])[] = [
  ['DNS:example.org', generalName.dns('example.org')],
  ['DNS:*.example.org', generalName.dns('*.Example.org')],
  ['DNS:xn--bcher-kva.example', generalName.dns('bücher.example')],
  ['email:Alice@example.org', generalName.email('Alice@EXAMPLE.org')],
  ['email:a@xn--bcher-kva.example', generalName.email('a@bücher.example')],
  ['email:"\\"a, b\\"@example.org"', generalName.email('"a, b"@example.org')],
  ['email:a@[192.0.2.1]', generalName.email('a@[192.0.2.1]')],
  ['email:a@[IPv6:2001:db8::1]', generalName.email('a@[IPv6:2001:db8::1]')],
  ['SmtpUTF8Mailbox:用户@xn--bcher-kva.example', generalName.email('用户@bücher.example')],
  ['URI:https://example.org/a?b#c', generalName.uri('https://example.org/a?b#c')],
  ['URI:"http://example.org/a,b"', generalName.uri('http://example.org/a,b')],
  ['URI:https://u@xn--bcher-kva.example:8443/%C3%BC', generalName.uri('https://u@bücher.example:8443/ü')],
  [
    'URI:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    generalName.uri('urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'),
  ],
  ['IP:192.0.2.1', generalName.ip('192.0.2.1')],
  ['IP:2001:db8::1', generalName.ip(fromHex('20010db8000000000000000000000001'))],
  ['dirName:CN=a', generalName.directory('CN=a')],
  ['dirName:"CN=a\\\\,b,O=c"', generalName.directory(parseName('CN=a\\,b,O=c'))],
  ['dirName:""', generalName.directory([])],
  ['RID:1.2.3.4', generalName.registeredID('1.2.3.4')],
  ['UPN:alice@corp.example', generalName.userPrincipalName('alice@corp.example')],
  ['UPN:"alice\\u202e@corp.example"', generalName.userPrincipalName('alice\u202e@corp.example')],
  ['permanentIdentifier:1.2.3/a/b', generalName.permanentIdentifier({ identifierValue: 'a/b', assigner: '1.2.3' })],
  ['permanentIdentifier:/a', generalName.permanentIdentifier({ identifierValue: 'a' })],
  ['permanentIdentifier:/', generalName.permanentIdentifier({ identifierValue: '' })],
  ['permanentIdentifier:1.2.3', generalName.permanentIdentifier({ assigner: '1.2.3' })],
  ['permanentIdentifier:""', generalName.permanentIdentifier({})],
  ['hardwareModuleName:1.2.3/0a0b', generalName.hardwareModuleName('1.2.3', fromHex('0a0b'))],
  ['SRVName:_imaps.xn--bcher-kva.example', generalName.srv('_imaps.bücher.example')],
  ['XmppAddr:a@b/c', generalName.other({ typeId: otherNameOid.xmppAddr, value: utf8String.encode('a@b/c') })],
  [
    'NAIRealm:*.example.org',
    generalName.other({ typeId: otherNameOid.naiRealm, value: utf8String.encode('*.example.org') }),
  ],
  ['KRB5PrincipalName:alice@CORP', generalName.kerberosPrincipal('CORP', ['alice'])],
  ['KRB5PrincipalName:krbtgt/CORP@CORP;2', generalName.kerberosPrincipal('CORP', ['krbtgt', 'CORP'], 2)],
  ['KRB5PrincipalName:"a\\\\/b\\\\@c\\\\;/@R"', generalName.kerberosPrincipal('R', ['a/b@c;', ''])],
  ['KRB5PrincipalName:@R', generalName.kerberosPrincipal('R', [''])],
  [
    'ntdsObjectGuid:000102030405060708090a0b0c0d0e0f',
    generalName.other({ typeId: otherNameOid.ntdsObjectGuid, value: fromHex('0410000102030405060708090a0b0c0d0e0f') }),
  ],
  ['otherName:1.2.3;#0c0178', generalName.other({ typeId: '1.2.3', value: utf8String.encode('x') })],
  ['x400Address:#3003020101', { type: 'x400Address', value: [fromHex('020101')] }],
  ['ediPartyName:#3005a1030c0170', { type: 'ediPartyName', value: { partyName: { type: 'utf8String', value: 'p' } } }],
]

describe('the text form of general names', () => {
  it.each(texts)('%s goes both ways', (text, name) => {
    expect(formatGeneralName(name)).toBe(text)
    expect(parseGeneralName(text)).toEqual(name)
    expect(GeneralName.decode(GeneralName.encode(name))).toEqual(name)
    expect(equalGeneralNames(name, parseGeneralName(text))).toBe(true)
  })

  it('has lists in which no value can pose as another name', () => {
    const names = texts.map(([, name]) => name)
    expect(parseGeneralNames(formatGeneralNames(names))).toEqual(names)
    expect(formatGeneralNames([{ type: 'dNSName', value: 'a, DNS:b' }])).toBe('DNS:"a, DNS:b"')
    expect(formatGeneralNames([{ type: 'dNSName', value: 'a\nDNS:b' }])).toBe('DNS:"a\\nDNS:b"')
    expect(parseGeneralNames('')).toEqual([])
    expect(parseGeneralNames(' DNS: a.b ,IP:::1')).toEqual([generalName.dns('a.b'), generalName.ip('::1')])
  })

  it.each([
    ['IP Address:192.0.2.1', 'IP:192.0.2.1'],
    ['URI:http://a/u\u0308', 'URI:http://a/u%CC%88'],
    ['Registered ID:1.2.3', 'RID:1.2.3'],
    ['DirName:CN = a, O = b', 'dirName:"CN=a,O=b"'],
    ['dns:BÜCHER.example', 'DNS:xn--bcher-kva.example'],
    ['otherName:1.2.3;UTF8:x', 'otherName:1.2.3;#0c0178'],
    ['otherName:1.3.6.1.4.1.311.20.2.3;UTF8:a@b', 'UPN:a@b'],
    ['SmtpUTF8Mailbox:a@bücher.example', 'SmtpUTF8Mailbox:a@xn--bcher-kva.example'],
  ])('reads %s', (text, normal) => {
    expect(formatGeneralName(parseGeneralName(text))).toBe(normal)
  })

  it.each([
    ['DNS:.example.org', '820c2e6578616d706c652e6f7267'],
    ['DNS:example.org', '820b6578616d706c652e6f7267'],
    ['DNS:', '8200'],
    ['email:.example.org', '810c2e6578616d706c652e6f7267'],
    ['email:a@b.c', '8105614062 2e63'.replace(' ', '')],
    ['URI:.example.org', '860c2e6578616d706c652e6f7267'],
    ['IP:192.0.2.0/24', '8708c0000200ffffff00'],
    ['IP:2001:db8::/32', '872020010db8000000000000000000000000ffffffff000000000000000000000000'],
  ])('reads %s in a name constraint', (text, der) => {
    expect(toHex(GeneralName.encode(parseGeneralName(text, { constraint: true })))).toBe(der)
  })

  it.each([
    '',
    'example.org',
    ':a',
    'DNS',
    'DNS:',
    'DNS:a b',
    'DNS:192.0.2.1',
    'DNS:.a.b',
    'DNS:"a"b',
    'DNS:"a',
    'DNS:"a\\"',
    'XYZ:a',
    'email:a',
    'email:@b',
    'email:a@',
    'email:a b@c',
    'email:a..b@c',
    'email:Alice <a@b>',
    'email:a@[1.2.3]',
    'email:a@[IPv6:1.2.3.4]',
    `email:${'a'.repeat(65)}@b`,
    'email:a\u202e@b',
    'email:\ufeffä@b',
    'URI:/a',
    'URI:a',
    'URI:http:',
    'URI:http://a/b c',
    'URI:http://a/%zz',
    'URI:http://☃.net/',
    'URI:http://a/\ud800',
    'IP:1.2.3',
    'IP:1.2.3.4/24',
    'IP:example.org',
    'RID:1',
    'RID:3.1',
    'UPN:a',
    'UPN:a@b@c',
    'SRVName:imaps.example.org',
    'SRVName:_imaps',
    'hardwareModuleName:1.2.3',
    'hardwareModuleName:1.2.3/zz',
    'permanentIdentifier:a/b',
    'KRB5PrincipalName:alice',
    'KRB5PrincipalName:a@b@c',
    'KRB5PrincipalName:a@b;x',
    'ntdsObjectGuid:00',
    'otherName:1.2.3',
    'otherName:1.2.3;#',
    'otherName:1.2.3;#0c',
    'otherName:a;UTF8:x',
    'otherName:1.2.3;UTF8:\ud800',
    'dirName:a',
    'x400Address:#00',
    'ediPartyName:#3000',
  ])('refuses %j', (text) => {
    expect(() => parseGeneralName(text)).toThrow(CertwrightError)
    expect(() => parseGeneralNames(`DNS:a, ${text}`)).toThrow(CertwrightError)
  })

  it.each(['IP:192.0.2.1', 'DNS:*.a', 'URI:http://a/', 'email:a b', 'UPN:a'])(
    'refuses %s in a name constraint',
    (text) => {
      expect(() => parseGeneralName(text, { constraint: true })).toThrow(CertwrightError)
    },
  )

  it('is bounded', () => {
    expect(() => parseGeneralName(`DNS:${'a'.repeat(70_000)}`)).toThrow(CertwrightError)
    expect(() => parseGeneralNames('RID:1.2,'.repeat(1001))).toThrow('more than 1000')
    expect(() => parseGeneralNames(`DNS:${' '.repeat(65_000)}"`)).toThrow(CertwrightError)
  })

  it('is for people where that is asked for, and still reads back', () => {
    const names = [
      generalName.dns('bücher.example'),
      generalName.email('a@bücher.example'),
      generalName.dns('xn--80ak6aa92e.com'),
    ]
    const text = formatGeneralNames(names, { unicode: true })
    expect(text).toBe('DNS:bücher.example, email:a@bücher.example, DNS:xn--80ak6aa92e.com')
    expect(parseGeneralNames(text)).toEqual(names)
  })

  it('shows names that no one should have made', () => {
    expect(formatGeneralName({ type: 'iPAddress', value: fromHex('0102') })).toBe('IP:#0102')
    const broken = { typeId: otherNameOid.userPrincipalName, value: fromHex('0500') }
    expect(formatGeneralName({ type: 'otherName', value: broken })).toBe(`otherName:${broken.typeId};#0500`)
  })

  it('survives any value that the types can hold', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }).map((value) => generalName.permanentIdentifier({ identifierValue: value })),
      fc
        .string({ unit: 'binary' })
        .map((value) => generalName.other({ typeId: otherNameOid.naiRealm, value: utf8String.encode(value) })),
      fc.uint8Array({ minLength: 1 }).map((serial) => generalName.hardwareModuleName('1.2.3', serial)),
      fc
        .tuple(fc.string(), fc.array(fc.string(), { minLength: 1 }), fc.integer({ min: -100, max: 100 }))
        .map(([realm, parts, type]) => generalName.kerberosPrincipal(realm, parts, type)),
      fc
        .string({ unit: 'binary' })
        .map((value) => generalName.directory([[{ type: '2.5.4.3', value: utf8String.encode(value) }]])),
    )
    fc.assert(
      fc.property(fc.array(names, { maxLength: 5 }), (list) => {
        expect(parseGeneralNames(formatGeneralNames(list))).toEqual(list)
      }),
      { numRuns: 1000 },
    )
  })

  it('answers any text with names or a typed error', () => {
    const piece = fc.constantFrom(
      'DNS:',
      'IP:',
      'email:',
      'URI:',
      'dirName:',
      'KRB5PrincipalName:',
      'otherName:',
      '1.2.3',
      ';#',
      '"',
      '\\',
      ',',
      ' ',
      'a',
      '@',
      '/',
      'ü',
      '[',
      ']',
      '.',
      '0c0161',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          const names = parseGeneralNames(pieces.join(''))
          expect(parseGeneralNames(formatGeneralNames(names))).toEqual(names)
        } catch (error) {
          expect(error).toBeInstanceOf(CertwrightError)
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe('readers', () => {
  it('read other names of known types, and leave others', () => {
    const principal = generalName.userPrincipalName('a@b')
    const read = principal.type === 'otherName' ? readOtherName(principal.value) : undefined
    expect(read).toEqual({ type: 'userPrincipalName', value: 'a@b' })
    expect(readOtherName({ typeId: '1.2.3', value: any.decode(fromHex('0500')) })).toBeUndefined()
    expect(() => readOtherName({ typeId: otherNameOid.dnsSRV, value: fromHex('0500') })).toThrow(CertwrightError)
  })
})

describe('comparison of general names', () => {
  const dns = (value: string): GeneralName => ({ type: 'dNSName', value })
  const uri = (value: string): GeneralName => ({ type: 'uniformResourceIdentifier', value })
  const utf8Mail = (value: string): GeneralName =>
    generalName.other({ typeId: otherNameOid.smtpUTF8Mailbox, value: utf8String.encode(value) })
  const mail = (value: string): GeneralName => ({ type: 'rfc822Name', value })

  it.each<[string, GeneralName, GeneralName]>([
    ['letter case of domain names', dns('a.Example'), dns('A.eXAMPLE')],
    ['letter case of mail domains', mail('Al@EXAMPLE.org'), mail('Al@example.ORG')],
    ['letter case of schemes and hosts', uri('HTTP://u@EXAMPLE.org:80/A'), uri('http://u@example.ORG:80/A')],
    ['letter case of schemes alone', uri('URN:a'), uri('urn:a')],
    ['U-labels in mailboxes beyond ASCII', utf8Mail('ü@bücher.example'), utf8Mail('ü@XN--BCHER-KVA.example')],
    ['string types of directory names', generalName.directory('CN=A'), generalName.directory('CN=#130141')],
  ])('does not look at %s', (_what, a, b) => {
    expect(equalGeneralNames(a, b)).toBe(true)
    expect(equalGeneralNames(b, a)).toBe(true)
  })

  it.each<[string, GeneralName, GeneralName]>([
    ['letter case of local parts', mail('Al@b'), mail('al@b')],
    ['letter case of paths', uri('http://a/B'), uri('http://a/b')],
    ['letter case of users', uri('http://U@a/'), uri('http://u@a/')],
    ['letter case of what follows a scheme', uri('urn:A'), uri('urn:a')],
    ['kinds', dns('a'), mail('a')],
    ['letter case of local parts beyond ASCII', utf8Mail('Ü@a'), utf8Mail('ü@a')],
    [
      'broken mailboxes',
      utf8Mail('ü@a'),
      generalName.other({ typeId: otherNameOid.smtpUTF8Mailbox, value: fromHex('0500') }),
    ],
    ['addresses', generalName.ip('192.0.2.1'), generalName.ip('192.0.2.2')],
    ['letters that only Unicode folds', dns('k'), dns('\u212a')],
    ['other names', generalName.userPrincipalName('a@b'), generalName.userPrincipalName('A@b')],
  ])('looks at %s', (_what, a, b) => {
    expect(equalGeneralNames(a, b)).toBe(false)
  })
})
