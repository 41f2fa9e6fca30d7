import { execFileSync } from 'node:child_process'
import {
  characterString,
  concatBytes,
  date,
  dateTime,
  duration,
  embeddedPdv,
  external,
  fromHex,
  implicit,
  isoTime,
  nullValue,
  oidIri,
  relativeOidIri,
  type Schema,
  sequence,
  timeOfDay,
  toHex,
} from '@certwright/core/asn1'
import * as asn1js from 'asn1js'
import { describe, expect, it } from 'vitest'
import { errorOf, failure, hex, tlv } from './support.js'

const text = (value: string): string => toHex(new TextEncoder().encode(value))
const short = (header: string, value: string): string =>
  `${header}${value.length.toString(16).padStart(2, '0')}${text(value)}`

describe('the time types of X.680 section 38', () => {
  const example = new Map<Schema<string>, string>([
    [date, '2026-11-21'],
    [timeOfDay, '12:34:56'],
    [dateTime, '2026-11-21T12:34:56'],
    [duration, 'P1Y'],
    [isoTime, '2026'],
  ])

  // The examples of X.680 and of OSS Nokalva's reference.
  it.each<[string, Schema<string>, string, string]>([
    ['DATE', date, '2026-11-21', short('1f1f', '20261121')],
    ['DATE', date, '2024-02-29', short('1f1f', '20240229')],
    ['TIME-OF-DAY', timeOfDay, '06:30:00', short('1f20', '063000')],
    ['TIME-OF-DAY', timeOfDay, '24:00:00', short('1f20', '240000')],
    ['TIME-OF-DAY', timeOfDay, '23:59:60', short('1f20', '235960')],
    ['DATE-TIME', dateTime, '1951-10-14T15:30:00', '1f210e3139353131303134313533303030'],
    ['DURATION', duration, 'P2Y10M15DT10H20M30S', '1f2212325931304d3135445431304832304d333053'],
    ['DURATION', duration, 'PT0.5S', short('1f22', 'T0.5S')],
    ['TIME', isoTime, '1985-W15-5', '0e0a313938352d5731352d35'],
    ['TIME', isoTime, '-0002-04-12', '0e0b2d303030322d30342d3132'],
  ])('%s %#', (_name, schema, value, der) => {
    expect(toHex(schema.encode(value))).toBe(der)
    expect(schema.decode(fromHex(der))).toBe(value)
  })

  it.each<[string, Schema<string>, readonly string[]]>([
    ['DATE', date, ['', '2026-11-31', '2023-02-29', '2026-13-01', '2026-00-10', '20261121', '2026-11-21Z', '2026-1-1']],
    ['TIME-OF-DAY', timeOfDay, ['', '24:00:01', '12:60:00', '12:00:61', '120000', '12:00', '12:00:00Z']],
    ['DATE-TIME', dateTime, ['', '2026-11-21 12:00:00', '2026-11-31T12:00:00', '2026-11-21T25:00:00', '2026-11-21']],
    ['DURATION', duration, ['', 'P', 'PT', '1Y', 'P1S', 'PT1.5H2M', 'P1', 'P1Y1Y', 'P-1Y']],
    ['TIME', isoTime, ['', 'noon', '15:27:35,5', '12:00\u{2013}', '1'.repeat(1025)]],
  ])('%s refuses to write what is none', (_name, schema, values) => {
    for (const value of values) expect(errorOf(() => schema.encode(value)).kind, value).toBe('value')
    expect(errorOf(() => schema.encode(7 as unknown as string)).kind).toBe('value')
  })

  it.each<[string, Schema<string>, readonly string[]]>([
    ['DATE', date, ['', '2026-11-21', '20261131', '2026112', 'T20261121', '2026112x']],
    ['TIME-OF-DAY', timeOfDay, ['', '12:34:56', '246000', '12345', '1234567']],
    ['DATE-TIME', dateTime, ['', '20261121T123456', '20261131123456', '2026112112345', '20261121123460x']],
    ['DURATION', duration, ['', 'P1Y', '1Y2', 'T']],
    ['TIME', isoTime, ['', 'x', '12:00,5', '\u{e9}']],
  ])('%s refuses to read what is none', (_name, schema, contents) => {
    const header = toHex(schema.encode(example.get(schema) ?? '')).slice(0, schema === isoTime ? 2 : 4)
    for (const content of contents) {
      const octets = new TextEncoder().encode(content)
      const der = concatBytes(fromHex(header), Uint8Array.of(octets.length), octets)
      expect(failure(schema, der), content).toMatchObject({ kind: 'value', offset: header.length / 2 + 1 })
    }
    expect(failure(schema, concatBytes(fromHex(header), hex('02 ff ff'))).kind).toBe('value')
  })

  it('reads a decimal comma in BER only', () => {
    const ber = fromHex(short('0e', '15:27:35,5'))
    expect(failure(isoTime, ber).kind).toBe('value')
    expect(isoTime.decode(ber, { encoding: 'ber' })).toBe('15:27:35,5')
  })

  it('bounds a text', () => {
    const long = concatBytes(hex('0e 82 04 01'), new Uint8Array(1025).fill(0x31))
    expect(failure(isoTime, long)).toMatchObject({ kind: 'limit', offset: 4 })
  })

  it('takes another tag', () => {
    const tagged = implicit(3, date)
    expect(toHex(tagged.encode('2026-11-21'))).toBe(short('83', '20261121'))
    expect(tagged.decode(tagged.encode('2026-11-21'))).toBe('2026-11-21')
    const both = sequence({ from: date, to: timeOfDay })
    const der = both.encode({ from: '2026-11-21', to: '12:34:56' })
    expect(both.decode(der)).toEqual({ from: '2026-11-21', to: '12:34:56' })
    expect(asn1js.fromBER(Uint8Array.from(der).buffer).offset).toBe(der.length)
  })
})

describe('OID-IRI', () => {
  it.each<[Schema<string>, string, string]>([
    [oidIri, '/ISO/Registration-Authority/19785.CBEFF', short('1f23', '/ISO/Registration-Authority/19785.CBEFF')],
    [oidIri, '/2/999', short('1f23', '/2/999')],
    [oidIri, '/Joint-ISO-ITU-T/T\u{e9}l\u{e9}com~_.', `1f231d${text('/Joint-ISO-ITU-T/T\u{e9}l\u{e9}com~_.')}`],
    [relativeOidIri, 'a/0/\u{4e2d}', `1f2407${text('a/0/\u{4e2d}')}`],
  ])('%# goes both ways', (schema, value, der) => {
    expect(toHex(schema.encode(value))).toBe(der)
    expect(schema.decode(fromHex(der))).toBe(value)
  })

  it.each([
    '',
    '/',
    'ISO',
    '/ISO/',
    '//',
    '/a b',
    '/01',
    '/-a',
    '/a-',
    '/a?b',
    '/a\u{a0}',
    '/\u{202e}',
    '/\ud800',
    '/a\n',
  ])('refuses %j', (value) => {
    expect(errorOf(() => oidIri.encode(value)).kind).toBe('value')
    if (/\p{Surrogate}/u.test(value)) return
    const octets = new TextEncoder().encode(value)
    expect(failure(oidIri, concatBytes(hex('1f 23'), Uint8Array.of(octets.length), octets)).kind).toBe('value')
  })

  it('refuses a first slash and empty arcs in a relative one', () => {
    for (const value of ['', '/a', 'a//b', 'a/']) expect(errorOf(() => relativeOidIri.encode(value)).kind).toBe('value')
  })
})

describe('EXTERNAL, EMBEDDED PDV and CHARACTER STRING', () => {
  it('EXTERNAL goes both ways', () => {
    const der = hex('28 0b 06 03 2a0304 02 01 07 81 01 ff')
    const value = external.decode(der)
    expect(value).toEqual({
      directReference: '1.2.3.4',
      indirectReference: 7n,
      dataValueDescriptor: undefined,
      encoding: { type: 'octetAligned', value: hex('ff') },
    })
    expect(external.encode(value)).toEqual(der)
    const single = { encoding: { type: 'singleASN1Type', value: nullValue.encode(null) } } as const
    expect(toHex(external.encode(single))).toBe('2804a0020500')
    expect(external.decode(external.encode(single)).encoding).toEqual(single.encoding)
    const arbitrary = { encoding: { type: 'arbitrary', value: { unusedBits: 4, bytes: hex('f0') } } } as const
    expect(toHex(external.encode(arbitrary))).toBe('2804820204f0')
    expect(external.decode(external.encode(arbitrary)).encoding).toEqual(arbitrary.encoding)
  })

  it.each([
    [{ type: 'syntaxes', value: { abstract: '1.2.3', transfer: '1.2.4' } }, 'a0 0a a0 08 80 02 2a03 81 02 2a04'],
    [{ type: 'syntax', value: '1.2.3' }, 'a0 04 81 02 2a03'],
    [{ type: 'presentationContextId', value: 5n }, 'a0 03 82 01 05'],
    [
      { type: 'contextNegotiation', value: { presentationContextId: 5n, transferSyntax: '1.2.3' } },
      'a0 09 a3 07 80 01 05 81 02 2a03',
    ],
    [{ type: 'transferSyntax', value: '1.2.3' }, 'a0 04 84 02 2a03'],
    [{ type: 'fixed', value: null }, 'a0 02 85 00'],
  ] as const)('%# of the ways to identify a syntax', (identification, content) => {
    const octets = concatBytes(hex(content), hex('82 01 ff'))
    const length = Uint8Array.of(octets.length)
    const pdv = concatBytes(hex('2b'), length, octets)
    expect(embeddedPdv.encode({ identification, dataValue: hex('ff') })).toEqual(pdv)
    expect(embeddedPdv.decode(pdv)).toEqual({ identification, dataValue: hex('ff') })
    const string = concatBytes(hex('3d'), length, octets)
    expect(characterString.encode({ identification, stringValue: hex('ff') })).toEqual(string)
    expect(characterString.decode(string)).toEqual({ identification, stringValue: hex('ff') })
  })

  it.each<[string, Schema<unknown>, string, string, number]>([
    ['EXTERNAL without an encoding', external, '28 03 02 01 07', 'missing', 5],
    ['EXTERNAL as a SEQUENCE', external, '30 03 81 01 ff', 'tag', 0],
    ['EXTERNAL with two elements in one', external, '28 06 a0 04 05 00 05 00', 'trailing', 6],
    ['a primitive EMBEDDED PDV', embeddedPdv, '0b 00', 'tag', 0],
    ['EMBEDDED PDV with a descriptor', embeddedPdv, '2b 0a a0 02 85 00 81 01 41 82 01 ff', 'tag', 6],
    ['CHARACTER STRING without its string', characterString, '3d 04 a0 02 85 00', 'missing', 6],
  ])('%s is refused', (_what, schema, der, kind, offset) => {
    expect(failure(schema, hex(der))).toMatchObject({ kind, offset })
  })
})

it('openssl parses all that these types write', () => {
  const identification = { type: 'fixed', value: null } as const
  const der = concatBytes(
    date.encode('2026-11-21'),
    timeOfDay.encode('12:34:56'),
    dateTime.encode('2026-11-21T12:34:56'),
    duration.encode('P1Y'),
    isoTime.encode('1985-W15-5'),
    oidIri.encode('/ISO'),
    relativeOidIri.encode('a/0'),
    external.encode({ encoding: { type: 'octetAligned', value: hex('ff') } }),
    embeddedPdv.encode({ identification, dataValue: hex('ff') }),
    characterString.encode({ identification, stringValue: hex('ff') }),
  )
  const output = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input: tlv(0x30, der), encoding: 'utf8' })
  expect(output.match(/:d=1 /g)).toHaveLength(10)
})
