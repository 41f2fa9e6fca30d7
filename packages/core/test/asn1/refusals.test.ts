import {
  any,
  bitString,
  bmpString,
  boolean,
  choice,
  constrained,
  enumerated,
  explicit,
  fromHex,
  generalizedTime,
  ia5String,
  implicit,
  integer,
  integerBytes,
  lazy,
  namedBits,
  nullValue,
  numericString,
  objectIdentifier,
  octetString,
  optional,
  printableString,
  type Schema,
  sequence,
  sequenceOf,
  setOf,
  signed,
  smallInteger,
  teletexString,
  time,
  universalString,
  utcTime,
  utf8String,
} from '@certwright/core/asn1'
import { describe, expect, it } from 'vitest'
import { errorOf } from './support.js'

const at = (text: string): Date => new Date(text)

/** Values of the wrong type too: callers in JavaScript have no compiler. */
const table: readonly (readonly [string, Schema<unknown>, unknown])[] = [
  ['a number for a boolean', boolean, 1],
  ['undefined for NULL', nullValue, undefined],
  ['a number for a bigint', integer, 1],
  ['NaN', smallInteger, Number.NaN],
  ['infinity', smallInteger, Number.POSITIVE_INFINITY],
  ['2^53', smallInteger, 2 ** 53],
  ['a fraction', smallInteger, 1.5],
  ['a text for a number', smallInteger, '1'],
  ['no octets of an integer', integerBytes, new Uint8Array()],
  ['a spare octet of an integer', integerBytes, Uint8Array.of(0, 1)],
  ['a text for octets', octetString, 'abc'],
  ['an array for octets', octetString, [1, 2]],
  ['eight unused bits', bitString, { unusedBits: 8, bytes: new Uint8Array(1) }],
  ['negative unused bits', bitString, { unusedBits: -1, bytes: new Uint8Array(1) }],
  ['unused bits of nothing', bitString, { unusedBits: 1, bytes: new Uint8Array() }],
  ['unused bits that are 1', bitString, { unusedBits: 1, bytes: Uint8Array.of(1) }],
  ['octets for a bit string', bitString, new Uint8Array(1)],
  ['an unknown bit name', namedBits(['a']), new Set(['b'])],
  ['an array for a set of bits', namedBits(['a']), ['a']],
  ['an identifier of one arc', objectIdentifier, '1'],
  ['a negative arc', objectIdentifier, '1.2.-3'],
  ['a root arc of 3', objectIdentifier, '3.1'],
  ['a second arc of 40', objectIdentifier, '1.40'],
  ['a leading zero in an arc', objectIdentifier, '1.2.03'],
  ['an empty arc', objectIdentifier, '1.2..3'],
  ['spaces around an identifier', objectIdentifier, ' 1.2.3'],
  ['a newline after an identifier', objectIdentifier, '1.2.3\n'],
  ['an arc of 450 bits', objectIdentifier, `1.2.${2n ** 450n}`],
  ['an arc of a million digits', objectIdentifier, `1.2.${'9'.repeat(1_000_000)}`],
  ['a number for an identifier', objectIdentifier, 1.2],
  ['a lone surrogate', utf8String, 'a\ud800b'],
  ['a long text with a lone surrogate', utf8String, `${'a'.repeat(100)}\udc00`],
  ['an at sign in PrintableString', printableString, 'a@b'],
  ['a letter in NumericString', numericString, '1a'],
  ['an umlaut in IA5String', ia5String, 'ä'],
  ['a character above FF in TeletexString', teletexString, 'Ā'],
  ['a character beyond the BMP', bmpString, '😀'],
  ['a lone surrogate in UniversalString', universalString, '\udc00'],
  ['a Buffer-like text', utf8String, Uint8Array.of(1)],
  ['an invalid date', utcTime, new Date(Number.NaN)],
  ['UTCTime of 1949', utcTime, at('1949-12-31T23:59:59Z')],
  ['UTCTime of 2050', utcTime, at('2050-01-01T00:00:00Z')],
  ['a fraction of a second in UTCTime', utcTime, at('2020-01-01T00:00:00.001Z')],
  ['a fraction of a second in Time', time, at('2060-01-01T00:00:00.5Z')],
  ['the year 10000', generalizedTime, at('+010000-01-01T00:00:00Z')],
  ['the year -1', generalizedTime, at('-000001-01-01T00:00:00Z')],
  ['a text for a date', time, '2020-01-01'],
  ['an array for an object', sequence({ a: optional(integer) }), null],
  ['a missing field', sequence({ a: integer }), {}],
  ['an object for an array', sequenceOf(integer), { length: 1, 0: 1n }],
  ['too few elements', setOf(integer, { min: 1 }), []],
  ['too many elements', setOf(integer, { max: 1 }), [1n, 2n]],
  ['an unknown alternative', choice({ a: integer }), { type: 'b', value: 1n }],
  ['an alternative of the prototype', choice({ a: integer }), { type: 'toString', value: 1n }],
  ['an alternative that is no object', choice({ a: integer }), 1],
  ['an unknown name', enumerated({ a: 0 }), 'constructor'],
  ['a value outside a constraint', constrained(smallInteger, (n) => n > 0, 'more than 0'), 0],
  ['octets that are two elements', any, fromHex('05000500')],
  ['octets that are half an element', any, fromHex('0405')],
  ['no octets for an element', any, new Uint8Array()],
  ['a signed part of another type', signed(sequence({ a: integer })), { bytes: fromHex('0500'), value: { a: 1n } }],
  ['a signed part without octets', signed(sequence({ a: integer })), { a: 1n }],
]

describe('values that cannot be encoded', () => {
  it.each(table)('refuses %s', (_what, schema, value) => {
    expect(errorOf(() => schema.encode(value)).offset).toBeUndefined()
  })

  it('names the field', () => {
    const schema = sequence({ list: sequenceOf(choice({ name: implicit(0, printableString) })) })
    const value = {
      list: [
        { type: 'name' as const, value: 'ok' },
        { type: 'name' as const, value: 'a_b' },
      ],
    }
    const error = errorOf(() => schema.encode(value))
    expect(error.path).toEqual(['list', '1', 'name'])
    expect(error.message).toBe('list.1.name: expected the characters of PrintableString, found others (value)')
  })

  it('ends the encoding of a value that contains itself', () => {
    interface Node {
      next?: Node | undefined
    }
    const node: Schema<Node> = sequence({
      next: optional(
        explicit(
          0,
          lazy(() => node),
        ),
      ),
    })
    const loop: Node = {}
    loop.next = loop
    expect(errorOf(() => node.encode(loop)).kind).toBe('limit')
  })

  it('encodes after a refusal as if nothing had happened', () => {
    const schema = sequence({ a: octetString, b: printableString })
    errorOf(() => schema.encode({ a: new Uint8Array(10_000), b: '_' }))
    expect(schema.encode({ a: Uint8Array.of(1), b: 'x' })).toEqual(fromHex('300604010113 0178'.replace(' ', '')))
  })
})
