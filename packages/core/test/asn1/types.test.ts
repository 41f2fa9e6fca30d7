import {
  any,
  type BitString,
  bitString,
  bitStringOf,
  bmpString,
  boolean,
  choice,
  constrained,
  defaulted,
  enumerated,
  explicit,
  generalizedTime,
  generalString,
  type Infer,
  ia5String,
  implicit,
  integer,
  integerBytes,
  lazy,
  mapped,
  namedBits,
  namedInteger,
  nullValue,
  numericString,
  objectIdentifier,
  octetString,
  octetStringOf,
  openType,
  optional,
  printableString,
  real,
  relativeObjectIdentifier,
  type Schema,
  sequence,
  sequenceOf,
  set,
  setOf,
  signed,
  smallInteger,
  teletexString,
  time,
  toHex,
  toSigned,
  universalString,
  utcTime,
  utf8String,
  visibleString,
} from '@certwright/core/asn1'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { errorOf, hex } from './support.js'

const at = (text: string): Date => new Date(text)

/** Value and DER of each type, most from the examples of X.690. */
const table: readonly (readonly [string, Schema<unknown>, unknown, string])[] = [
  ['TRUE', boolean, true, '0101ff'],
  ['FALSE', boolean, false, '010100'],
  ['NULL', nullValue, null, '0500'],
  ['0', integer, 0n, '020100'],
  ['127', integer, 127n, '02017f'],
  ['128', integer, 128n, '02020080'],
  ['-128', integer, -128n, '020180'],
  ['-129', integer, -129n, '0202ff7f'],
  ['2^64', integer, 2n ** 64n, '0209010000000000000000'],
  ['-(2^63)', integer, -(2n ** 63n), '02088000000000000000'],
  ['-(2^64)', integer, -(2n ** 64n), '0209ff0000000000000000'],
  ['a small 0', smallInteger, 0, '020100'],
  ['a small -1', smallInteger, -1, '0201ff'],
  ['a small 256', smallInteger, 256, '02020100'],
  ['2^53 - 1', smallInteger, 2 ** 53 - 1, '02071fffffffffffff'],
  ['-(2^53 - 1)', smallInteger, -(2 ** 53 - 1), '0207e0000000000001'],
  ['octets of an integer', integerBytes, hex('00ff'), '020200ff'],
  ['an empty bit string', bitString, { unusedBits: 0, bytes: hex('') }, '030100'],
  ['18 bits', bitString, { unusedBits: 6, bytes: hex('6e5dc0') }, '0304066e5dc0'],
  ['an element in a bit string', bitStringOf(integer), 5n, '030400020105'],
  ['no named bit', namedBits(['a', 'b']), new Set(), '030100'],
  ['the second named bit', namedBits(['a', 'b', 'c']), new Set(['b']), '03020640'],
  ['the ninth named bit', namedBits([...'abcdefghi']), new Set(['a', 'i']), '0303078080'],
  ['octets', octetString, hex('0123'), '04020123'],
  ['an element in an octet string', octetStringOf(integer), 5n, '0403020105'],
  ['an identifier', objectIdentifier, '2.100.3', '0603813403'],
  ['rsaEncryption', objectIdentifier, '1.2.840.113549.1.1.1', '06092a864886f70d010101'],
  ['0.39', objectIdentifier, '0.39', '060127'],
  ['2.0', objectIdentifier, '2.0', '060150'],
  ['an arc of 2^53 + 1', objectIdentifier, '1.3.9007199254740993', '06092b9080808080808001'],
  [
    'a UUID as arc',
    objectIdentifier,
    '2.25.340282366920938463463374607431768211455',
    `061469${'83'}${'ff'.repeat(17)}7f`,
  ],
  ['a second arc beyond 2^64', objectIdentifier, '2.18446744073709551616', '060a8280808080808080' + '8050'],
  ['RELATIVE-OID', relativeObjectIdentifier, '8571.3.2', '0d04c27b0302'],
  ['REAL 0', real, 0, '0900'],
  ['REAL -0', real, -0, '090143'],
  ['REAL 1', real, 1, '0903800001'],
  ['REAL -0.15625', real, -0.15625, '0903c0fb05'],
  ['REAL infinity', real, Number.POSITIVE_INFINITY, '090140'],
  ['REAL not a number', real, Number.NaN, '090142'],
  ['the largest REAL', real, Number.MAX_VALUE, '090a8103cb1fffffffffffff'],
  ['the smallest REAL', real, Number.MIN_VALUE, '090481fbce01'],
  ['UTF-8', utf8String, 'aé€😀', '0c0a61c3a9e282acf09f9880'],
  ['a byte order mark', utf8String, '\ufeffa', '0c04efbbbf61'],
  ['digits', numericString, '12 3', '120431322033'],
  ['PrintableString', printableString, "A'()+,-./:=? z", '130e412728292b2c2d2e2f3a3d3f207a'],
  ['TeletexString', teletexString, 'Müller', '14064dfc6c6c6572'],
  ['IA5String', ia5String, 'a@b\0', '160461406200'],
  ['VisibleString', visibleString, '~ ', '1a027e20'],
  ['GeneralString', generalString, 'EXAMPLE', '1b074558414d504c45'],
  ['UniversalString', universalString, 'a😀', '1c08000000610001f600'],
  ['BMPString', bmpString, 'a€', '1e04006120ac'],
  ['UTCTime of 2049', utcTime, at('2049-12-31T23:59:59Z'), '170d3439313233313233353935395a'],
  ['UTCTime of 1950', utcTime, at('1950-01-01T00:00:00Z'), '170d3530303130313030303030305a'],
  ['29 February', utcTime, at('2024-02-29T12:00:00Z'), '170d3234303232393132303030305a'],
  ['GeneralizedTime', generalizedTime, at('2050-01-02T03:04:05Z'), '180f32303530303130323033303430355a'],
  ['year 99', generalizedTime, at('0099-02-28T00:00:00Z'), '180f30303939303232383030303030305a'],
  ['29 February of year 0', generalizedTime, at('0000-02-29T00:00:00Z'), '180f30303030303232393030303030305a'],
  ['the end of time', generalizedTime, at('9999-12-31T23:59:59Z'), '180f39393939313233313233353935395a'],
  ['a tenth of a second', generalizedTime, at('2020-01-01T00:00:00.5Z'), '181132303230303130313030303030302e355a'],
  ['a thousandth', generalizedTime, at('2020-01-01T00:00:00.012Z'), '181332303230303130313030303030302e3031325a'],
  ['Time of 2049', time, at('2049-12-31T23:59:59Z'), '170d3439313233313233353935395a'],
  ['Time of 2050', time, at('2050-01-01T00:00:00Z'), '180f32303530303130313030303030305a'],
  ['ENUMERATED', enumerated({ a: 0, b: 300 }), 'b', '0a02012c'],
  ['a named INTEGER', namedInteger({ v1: 0, v2: 1 }), 'v2', '020101'],
  ['SEQUENCE OF', sequenceOf(integer), [2n, 1n], '3006020102020101'],
  ['SET OF', setOf(octetString), [hex(''), hex('02'), hex('0101')], '310904000401020402 0101'.replace(' ', '')],
  ['an empty SET OF', setOf(integer), [], '3100'],
  ['[0] EXPLICIT', explicit(0, integer), 1n, 'a003020101'],
  ['[0] IMPLICIT', implicit(0, integer), 1n, '800101'],
  ['[1] IMPLICIT of [2] EXPLICIT', implicit(1, explicit(2, integer)), 1n, 'a103020101'],
  ['[31] EXPLICIT', explicit(31, nullValue), null, 'bf1f020500'],
  ['[200] IMPLICIT SEQUENCE', implicit(200, sequenceOf(integer)), [], 'bf814800'],
  ['[2^28 - 1] IMPLICIT', implicit(2 ** 28 - 1, octetString), hex('01'), '9fffffff7f0101'],
  ['[APPLICATION 3]', explicit(3, nullValue, 'application'), null, '63020500'],
  ['[PRIVATE 1] IMPLICIT', implicit(1, nullValue, 'private'), null, 'c100'],
  ['an element', any, hex('0500'), '0500'],
  ['a choice', choice({ a: integer, b: explicit(0, utf8String) }), { type: 'b', value: 'x' }, 'a0030c0178'],
  ['200 octets', octetString, new Uint8Array(200), `0481c8${'00'.repeat(200)}`],
  ['70,000 octets', octetString, new Uint8Array(70_000), `0483011170${'00'.repeat(70_000)}`],
]

describe('every type', () => {
  it.each(table)('encodes and decodes %s', (_what, schema, value, der) => {
    expect(toHex(schema.encode(value))).toBe(der)
    expect(schema.decode(hex(der))).toEqual(value)
  })
})

it('holds every number of double precision', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(real.decode(real.encode(value))).toBe(value)
    }),
    { numRuns: 2000 },
  )
})

describe('a sequence', () => {
  const schema = sequence({
    version: defaulted(explicit(0, smallInteger), 0),
    id: integer,
    note: optional(utf8String),
    list: optional(implicit(1, sequenceOf(boolean))),
  })
  type Value = Infer<typeof schema>

  it('has the type that its declaration says', () => {
    expectTypeOf<Value>().toEqualTypeOf<{
      readonly version: number
      readonly id: bigint
      readonly note?: string | undefined
      readonly list?: readonly boolean[] | undefined
    }>()
    expectTypeOf<Infer<typeof bitString>>().toEqualTypeOf<BitString>()
    const union = choice({ a: integer, b: boolean })
    expectTypeOf<Infer<typeof union>>().toEqualTypeOf<
      { readonly type: 'a'; readonly value: bigint } | { readonly type: 'b'; readonly value: boolean }
    >()
  })

  it('leaves out what is absent and what is DEFAULT', () => {
    expect(toHex(schema.encode({ version: 0, id: 1n }))).toBe('3003020101')
    expect(schema.decode(hex('3003020101'))).toEqual({ version: 0, id: 1n })
  })

  it('writes what is there', () => {
    const value: Value = { version: 1, id: 1n, note: 'x', list: [true] }
    expect(toHex(schema.encode(value))).toBe('3010a0030201010201010c0178a1030101ff')
    expect(schema.decode(schema.encode(value))).toEqual(value)
  })

  it('gives all objects the same properties in the same order', () => {
    const objects = ['3003020101', '3010a0030201010201010c0178a1030101ff'].map((der) => schema.decode(hex(der)))
    for (const object of objects) expect(Object.keys(object)).toEqual(['version', 'id', 'note', 'list'])
  })

  it('ignores properties that are not declared', () => {
    const value = { version: 0, id: 1n, other: 5 }
    expect(toHex(schema.encode(value))).toBe('3003020101')
  })
})

describe('declarations', () => {
  it.each<[string, Schema<unknown>]>([
    ['__proto__ as a field', sequence({ ['__proto__']: boolean })],
    ['a number as a field', sequence({ '0': boolean })],
    ['two optional fields of one tag', sequence({ a: optional(integer), b: integer })],
    [
      'an optional choice that hides the next field',
      sequence({ a: optional(choice({ x: integer, y: boolean })), b: boolean }),
    ],
    ['two fields of a SET with one tag', set({ a: integer, b: integer })],
    ['two alternatives of one tag', choice({ a: integer, b: smallInteger })],
    ['an alternative of any tag', choice({ a: integer, b: any })],
  ])('refuses %s', (_what, schema) => {
    const der = schema.codec.name === 'SET' ? '3100' : '3000'
    expect(errorOf(() => schema.decode(hex(der))).kind).toBe('schema')
  })

  it('refuses an implicit tag on a type without a tag of its own', () => {
    expect(errorOf(() => implicit(0, any)).kind).toBe('schema')
    expect(errorOf(() => implicit(0, choice({ a: integer }))).kind).toBe('schema')
  })

  it.each([-1, 1.5, 2 ** 28, Number.NaN])('refuses the tag number %s', (number) => {
    expect(errorOf(() => explicit(number, integer)).kind).toBe('schema')
  })
})

describe('a set', () => {
  const schema = set({ text: utf8String, flag: implicit(0, boolean), number: integer, more: optional(octetString) })

  it('is written in the order of the tags', () => {
    const value = { text: 'x', flag: true, number: 1n }
    expect(toHex(schema.encode(value))).toBe('3109 020101 0c0178 8001ff'.replaceAll(' ', ''))
    expect(schema.decode(schema.encode(value))).toEqual(value)
  })
})

describe('a signed part', () => {
  const Inner = sequence({ id: integer })
  const Outer = sequence({ part: signed(Inner), signature: octetString })

  it('keeps its octets and gives them back', () => {
    const der = hex('3008 3003020105 040109'.replaceAll(' ', ''))
    const value = Outer.decode(der)
    expect(value.part).toEqual({ bytes: hex('3003020105'), value: { id: 5n } })
    expect(Outer.encode(value)).toEqual(der)
  })

  it('is encoded once', () => {
    const part = toSigned(Inner, { id: 5n })
    expect(Outer.encode({ part, signature: hex('09') })).toEqual(hex('30083003020105040109'))
  })

  it('can be tagged', () => {
    const schema = sequence({ part: implicit(0, signed(Inner)) })
    expect(schema.decode(hex('3005a003020105')).part.bytes).toEqual(hex('a003020105'))
  })
})

describe('other combinators', () => {
  interface Tree {
    readonly value: bigint
    readonly children: readonly Tree[]
  }
  const Tree: Schema<Tree> = sequence({ value: integer, children: sequenceOf(lazy(() => Tree)) })

  it('describe types that contain themselves', () => {
    const value: Tree = { value: 1n, children: [{ value: 2n, children: [] }] }
    expect(Tree.decode(Tree.encode(value))).toEqual(value)
  })

  it('tag a lazy type', () => {
    const schema = implicit(
      3,
      lazy(() => octetString),
    )
    expect(toHex(schema.encode(hex('05')))).toBe('830105')
    expect(schema.decode(hex('830105'))).toEqual(hex('05'))
  })

  it('map values', () => {
    const lowerCase = mapped(utf8String, { decode: (s) => s.toLowerCase(), encode: (s: string) => s.toUpperCase() })
    const schema = sequence({ name: implicit(0, lowerCase) })
    expect(toHex(schema.encode({ name: 'ab' }))).toBe('300480024142')
    expect(schema.decode(hex('300480024142'))).toEqual({ name: 'ab' })
  })

  it('constrain values', () => {
    const positive = implicit(
      0,
      constrained(smallInteger, (n) => n > 0, 'more than 0'),
    )
    expect(positive.decode(hex('800101'))).toBe(1)
    expect(errorOf(() => positive.decode(hex('800100'))).expected).toBe('more than 0')
  })

  it('read a view of the input, never a Buffer', () => {
    const input = Buffer.from('0403010203', 'hex')
    const value = octetString.decode(input)
    expect(Object.getPrototypeOf(value)).toBe(Uint8Array.prototype)
    expect(value.buffer).toBe(input.buffer)
  })

  it('refuse input that is not octets', () => {
    expect(errorOf(() => any.decode('0500' as unknown as Uint8Array)).kind).toBe('value')
  })
})

describe('an open type', () => {
  const types = { '1.2.3': integer, '1.2.4': setOf(utf8String) } as const
  const schema = sequence({ type: objectIdentifier, value: openType('type', types) })
  const identifier = sequence({ algorithm: objectIdentifier, parameters: optional(openType('algorithm', types)) })

  it('has the type that another field names', () => {
    const value: Infer<typeof schema> = { type: '1.2.4', value: { type: '1.2.4', value: ['x'] } }
    expect(toHex(schema.encode(value))).toBe('300906022a0431030c0178')
    expect(schema.decode(schema.encode(value))).toEqual(value)
    expectTypeOf(value.value).toEqualTypeOf<
      | { readonly type: '1.2.3'; readonly value: bigint }
      | { readonly type: '1.2.4'; readonly value: readonly string[] }
      | { readonly type: undefined; readonly value: Uint8Array }
    >()
  })

  it('stays as it is when the registry does not know it', () => {
    const value = { type: '1.2.5', value: { type: undefined, value: hex('0500') } }
    expect(schema.decode(hex('300606022a050500'))).toEqual(value)
    expect(toHex(schema.encode(value))).toBe('300606022a050500')
  })

  it('can be absent', () => {
    expect(identifier.decode(hex('300406022a03'))).toEqual({ algorithm: '1.2.3' })
    expect(identifier.decode(hex('300706022a03020105')).parameters).toEqual({ type: '1.2.3', value: 5n })
    expect(toHex(identifier.encode({ algorithm: '1.2.3' }))).toBe('300406022a03')
  })

  it('is refused when it is malformed, missing, or not the type that is named', () => {
    expect(errorOf(() => schema.decode(hex('300706022a030c0178'))).path).toEqual(['value', '1.2.3'])
    expect(errorOf(() => schema.decode(hex('300406022a03'))).kind).toBe('missing')
    expect(errorOf(() => schema.encode({ type: '1.2.4', value: { type: '1.2.3', value: 1n } })).path).toEqual(['value'])
    expect(errorOf(() => schema.encode({ type: '1.2.4' } as never)).kind).toBe('missing')
    expect(errorOf(() => schema.encode({ type: '1.2.4', value: 5 } as never)).kind).toBe('value')
  })

  it('has a tag, or a string, around it', () => {
    const tagged = sequence({ type: objectIdentifier, value: openType('type', types, (type) => explicit(0, type)) })
    const value: Infer<typeof tagged> = { type: '1.2.3', value: { type: '1.2.3', value: 5n } }
    expect(toHex(tagged.encode(value))).toBe('300906022a03a003020105')
    expect(tagged.decode(tagged.encode(value))).toEqual(value)
    expect(tagged.decode(hex('300806022a05a0020500')).value).toEqual({ type: undefined, value: hex('0500') })
    expect(toHex(tagged.encode({ type: '1.2.5', value: { type: undefined, value: hex('0500') } }))).toBe(
      '300806022a05a0020500',
    )
    expect(errorOf(() => tagged.decode(hex('300706022a03020105')))).toMatchObject({
      kind: 'tag',
      path: ['value', '1.2.3'],
    })

    const inString = sequence({ type: objectIdentifier, value: openType('type', types, octetStringOf) })
    expect(inString.decode(hex('300906022a03 0403020105')).value).toEqual({ type: '1.2.3', value: 5n })
    expect(toHex(inString.encode(value))).toBe('300906022a030403020105')
    expect(errorOf(() => inString.decode(hex('300a06022a03 040402010500')))).toMatchObject({
      kind: 'trailing',
      offset: 11,
    })

    const absent = sequence({
      type: objectIdentifier,
      value: optional(openType('type', types, (type) => explicit(0, type))),
      last: optional(integer),
    })
    expect(absent.decode(hex('300706022a03020105'))).toEqual({ type: '1.2.3', value: undefined, last: 5n })
    expect(() => openType('type', types, (type) => implicit(0, type))).toThrow('expected a type with a tag of its own')
  })

  it('can be named by a number', () => {
    const numbered = { '1': utf8String, '-5': integer } as const
    const small = sequence({ type: smallInteger, value: openType('type', numbered) })
    const value: Infer<typeof small> = { type: -5, value: { type: '-5', value: 7n } }
    expect(small.decode(small.encode(value))).toEqual(value)
    const large = sequence({ type: integer, value: openType('type', numbered) })
    expect(large.decode(small.encode(value))).toEqual({ ...value, type: -5n })
    expect(errorOf(() => large.encode({ type: 1n, value: { type: '-5', value: 7n } })).path).toEqual(['value'])
    expect(errorOf(() => large.encode({ type: Symbol('x'), value: { type: '1', value: 'x' } } as never)).kind).toBe(
      'value',
    )
  })

  it('needs its selector before it, in a sequence', () => {
    const late = sequence({ value: openType('type', types), type: objectIdentifier })
    expect(errorOf(() => late.decode(hex('3000'))).kind).toBe('schema')
    const inSet = set({ type: objectIdentifier, value: openType('type', types) })
    expect(errorOf(() => inSet.decode(hex('3100'))).kind).toBe('schema')
  })
})
