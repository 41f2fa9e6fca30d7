import {
  bmpString,
  ia5String,
  objectIdentifier,
  printableString,
  teletexString,
  toHex,
  universalString,
  utf8String,
} from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import {
  attributeOid,
  attributeTypeByName,
  attributeTypes,
  equalNames,
  formatName,
  Name,
  parseName,
} from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const cn = (value: Uint8Array): Name => [[{ type: attributeOid.commonName, value }]]
const text = (value: string): Name => cn(utf8String.encode(value))

describe('the text form of names', () => {
  it.each<[string, Name]>([
    ['', []],
    ['CN=a,O=b', [[{ type: '2.5.4.10', value: utf8String.encode('b') }], ...text('a')]],
    ['CN=', text('')],
    ['CN=a\\+b\\,c\\;d\\<e\\>f\\"g\\\\h', text('a+b,c;d<e>f"g\\h')],
    ['CN=\\ a\\ ', text(' a ')],
    ['CN=\\ ', text(' ')],
    ['CN=\\#1', text('#1')],
    ['CN=a#b=c', text('a#b=c')],
    ['CN=a\\00b\\0A', text('a\0b\n')],
    ['CN=Lučić', text('Lučić')],
    ['CN=\\E2\\80\\AEgpj.exe'.toLowerCase().replace('cn', 'CN'), text('\u202egpj.exe')],
    ['C=DE', [[{ type: '2.5.4.6', value: printableString.encode('DE') }]]],
    ['DC=example', [[{ type: attributeOid.domainComponent, value: ia5String.encode('example') }]]],
    ['1.2.3=#0c0141', [[{ type: '1.2.3', value: utf8String.encode('A') }]]],
    ['CN=#0500', cn(Uint8Array.of(5, 0))],
    ['C=#0c0140', [[{ type: '2.5.4.6', value: utf8String.encode('@') }]]],
    ['DC=#0c02c3bc', [[{ type: attributeOid.domainComponent, value: utf8String.encode('ü') }]]],
    [
      'CN=a+UID=b',
      [
        [
          { type: '2.5.4.3', value: utf8String.encode('a') },
          { type: attributeOid.userId, value: utf8String.encode('b') },
        ],
      ],
    ],
  ])('%j goes both ways', (written, name) => {
    expect(parseName(written)).toEqual(name)
    expect(formatName(name).toLowerCase()).toBe(written.toLowerCase())
  })

  it.each([
    ['spaces around separators', '  CN = a , O = b ', 'CN=a,O=b'],
    ['the separator of RFC 1779', 'CN=a;O=b', 'CN=a,O=b'],
    ['quoted values', 'CN="a, b + c" , O="d\\"e"', 'CN=a\\, b \\+ c,O=d\\"e'],
    ['quoted spaces', 'CN=" a "', 'CN=\\ a\\ '],
    ['the prefix OID', 'oid.2.5.4.3=a', 'CN=a'],
    ['a dotted known type', '2.5.4.10=a', 'O=a'],
    ['any case', 'cOmMoNnAmE=a', 'CN=a'],
    ['escaped octets of UTF-8', 'CN=Lu\\C4\\8Di\\C4\\87', 'CN=Lučić'],
    ['upper-case hexadecimal', 'CN=#0C0141 ,O=b', 'CN=A,O=b'],
    ['an escaped space before the end', 'CN=a \\  ', 'CN=a \\ '],
  ])('reads %s', (_what, written, normal) => {
    expect(formatName(parseName(written))).toBe(normal)
  })

  it.each([
    'CN',
    '=a',
    'CN=a,',
    ',CN=a',
    'CN=a,,O=b',
    'CN=a+',
    'XX=a',
    'CN="a',
    'CN="a"b',
    'CN=a"b',
    'CN=a<b',
    'CN=a\\',
    'CN=a\\x',
    'CN=\\ff',
    'CN=#',
    'CN=#0',
    'CN=#0g',
    'CN=#0c0241',
    'CN=#0500x',
    'C=Ä',
    'DC=ä',
    '1.2.03=a',
    '3.1=a',
    '1=a',
    'CN=a\ud800',
  ])('refuses %j', (written) => {
    expect(() => parseName(written)).toThrow(CertwrightError)
  })

  it('says where the fault is', () => {
    expect(() => parseName('CN=a, XX=b')).toThrow('position 6')
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(parseName(formatName(text(value)))).toEqual(text(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('answers any text with a name or a typed error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'CN=O,+;"\\# a0é<'), maxLength: 30 }), (written) => {
        try {
          const name = parseName(written)
          expect(equalNames(parseName(formatName(name)), name)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CertwrightError)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('is read in time that grows with its length only', () => {
    expect(formatName(parseName(`CN=${' '.repeat(60_000)}a`))).toBe('CN=a')
    expect(formatName(parseName(`CN=a${' '.repeat(60_000)}`))).toBe('CN=a')
    expect(() => parseName(`CN=${'a'.repeat(70_000)}`)).toThrow(CertwrightError)
  })

  it('shows every string type', () => {
    const types = [utf8String, printableString, teletexString, bmpString, universalString, ia5String]
    for (const type of types) expect(formatName(cn(type.encode('Acme')))).toBe('CN=Acme')
    expect(formatName(cn(objectIdentifier.encode('1.2.3')))).toBe(`CN=#${toHex(objectIdentifier.encode('1.2.3'))}`)
    expect(formatName(cn(Uint8Array.of(0x0c, 1, 0x80)))).toBe('CN=#0c0180')
  })
})

describe('attribute types', () => {
  it('are unambiguous', () => {
    const names = attributeTypes.flatMap((row) => row.names.map((name) => name.toLowerCase()))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(attributeTypes.map(({ oid }) => oid)).size).toBe(attributeTypes.length)
  })

  it.each([
    ['SN', '2.5.4.4'],
    ['SERIALNUMBER', '2.5.4.5'],
    ['DeviceSerialNumber', '2.5.4.5'],
    ['S', '2.5.4.8'],
    ['OrgUnit', '2.5.4.11'],
    ['T', '2.5.4.12'],
    ['G', '2.5.4.42'],
    ['I', '2.5.4.43'],
    ['E', '1.2.840.113549.1.9.1'],
    ['Email', '1.2.840.113549.1.9.1'],
    ['JurisdictionOfIncorporationCountryName', '1.3.6.1.4.1.311.60.2.1.3'],
    ['MarkType', '1.3.6.1.4.1.53087.1.13'],
    ['StatuteURL', '1.3.6.1.4.1.53087.3.6'],
    ['unstructuredAddress', '1.2.840.113549.1.9.8'],
  ])('know %s', (name, oid) => {
    expect(attributeTypeByName(name)?.oid).toBe(oid)
  })

  it('write every type under its first name', () => {
    for (const { oid, names } of attributeTypes) {
      expect(formatName(parseName(`${oid}=AB`))).toBe(`${names[0]}=AB`)
      for (const name of names)
        expect(Name.encode(parseName(`${name}=AB`))).toEqual(Name.encode(parseName(`${oid}=AB`)))
    }
  })
})

describe('comparison of names', () => {
  it.each([
    ['letter case', 'CN=Acme', 'CN=ACME'],
    ['amounts of space', 'CN=a  b', 'CN=\\ a b\\ '],
    ['the order in an RDN', 'CN=a+O=b', 'O=b+CN=a'],
    ['composed characters', 'CN=\u00e9', 'CN=e\u0301'],
    ['letters beyond ASCII', 'CN=ÄΣ', 'CN=äς'],
    ['sharp s', 'CN=Straße', 'CN=STRASSE'],
    ['characters that do not show', 'CN=a\u00adb', 'CN=ab'],
    ['width', 'CN=Ａ', 'CN=a'],
    ['the iota below a vowel', 'CN=ᾀ', 'CN=ἀι'],
    ['a capital sharp s', 'CN=ẞ', 'CN=ss'],
    ['a letter of two', 'CN=ŉ', 'CN=ʼN'],
    ['the sign of the kelvin', 'CN=\u212a', 'CN=k'],
    ['spaces of all kinds', 'CN=a\u3000\u00a0b', 'CN=a b'],
    ['line ends', 'CN=a\\0D\\0Ab', 'CN=a b'],
    ['spaces alone', 'CN=\\ \\ \\ ', 'CN='],
    ['controls', 'CN=a\\00b', 'CN=ab'],
    ['letter case of mail', 'E=Alice@EXAMPLE.org', 'E=alice@example.org'],
    ['letter case of domain components', 'DC=Example', 'DC=eXAMPLE'],
    ['the string type of domain components', 'DC=a', 'DC=#0c0141'],
  ])('does not look at %s', (_what, a, b) => {
    expect(equalNames(parseName(a), parseName(b))).toBe(true)
    expect(equalNames(parseName(b), parseName(a))).toBe(true)
  })

  it.each([
    ['values', 'CN=a', 'CN=b'],
    ['types', 'CN=a', 'O=a'],
    ['the order of RDNs', 'CN=a,O=b', 'O=b,CN=a'],
    ['the number of RDNs', 'CN=a', 'CN=a,CN=a'],
    ['the number of attributes', 'CN=a', 'CN=a+O=b'],
    ['spaces inside', 'CN=a b', 'CN=ab'],
    ['text and octets', 'CN=#0500', 'CN=#0c023035'],
    ['the dotless i', 'CN=ı', 'CN=i'],
    ['the spaces before a mark', 'CN=a\\ \\ \u0301b', 'CN=a\\ \u0301b'],
    ['the space before a mark at the start', 'CN=\\ \u0301b', 'CN=\u0301b'],
    ['the space before a mark', 'CN=a\\ \u0301b', 'CN=a\u0301b'],
    ['accents', 'CN=é', 'CN=e'],
    ['letters that fold to ASCII in domain components', 'DC=#0c03e284aa', 'DC=k'],
  ])('looks at %s', (_what, a, b) => {
    expect(equalNames(parseName(a), parseName(b))).toBe(false)
  })

  it('does not look at the string type', () => {
    expect(equalNames(cn(printableString.encode('Acme')), cn(bmpString.encode('acme')))).toBe(true)
  })
})
