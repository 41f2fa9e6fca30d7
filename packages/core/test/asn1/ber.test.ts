import {
  any,
  bitString,
  boolean,
  concatBytes,
  defaulted,
  equalBytes,
  explicit,
  implicit,
  integer,
  namedBits,
  octetString,
  octetStringOf,
  type Schema,
  sequence,
  sequenceOf,
  set,
  setOf,
  signed,
  utf8String,
} from '@certwright/core/asn1'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorOf, failure, hex, tlv } from './support.js'

const ber = { encoding: 'ber' } as const

const table: readonly (readonly [string, Schema<unknown>, string, unknown])[] = [
  ['an indefinite length', sequenceOf(integer), '30 80 020101 0000', [1n]],
  ['indefinite in definite', sequenceOf(sequenceOf(integer)), '30 07 30 80 020101 0000', [[1n]]],
  ['indefinite in indefinite', sequenceOf(sequenceOf(integer)), '30 80 30 80 020101 0000 3000 0000', [[1n], []]],
  ['an indefinite explicit tag', explicit(0, integer), 'a0 80 020101 0000', 1n],
  ['an indefinite tag of several octets', explicit(40, integer), 'bf28 80 020101 0000', 1n],
  ['a long length', octetString, '04 82 0001 05', hex('05')],
  ['a boolean of 01', boolean, '01 01 01', true],
  ['an octet string in pieces', octetString, '24 80 040101 0402 0203 0000', hex('010203')],
  ['pieces in pieces', octetString, '24 09 2404 0402 0102 0401 03', hex('010203')],
  ['no pieces', octetString, '24 80 0000', hex('')],
  ['an implicit octet string in pieces', implicit(0, octetString), 'a0 80 040101 040102 0000', hex('0102')],
  ['text in pieces', utf8String, '2c 80 0402 c3a9 0000', 'é'],
  ['text with a character in two pieces', utf8String, '2c 80 0401 c3 0401 a9 0000', 'é'],
  ['an element in pieces', octetStringOf(integer), '24 80 0402 0201 0401 05 0000', 5n],
  ['a bit string in pieces', bitString, '23 80 0302 0001 0302 0480 0000', { unusedBits: 4, bytes: hex('0180') }],
  ['unused bits that are 1', bitString, '03 02 04 0f', { unusedBits: 4, bytes: hex('0f') }],
  ['trailing zero bits', namedBits(['a', 'b']), '03 02 06 80', new Set(['a'])],
  ['a present DEFAULT', sequence({ a: defaulted(boolean, false) }), '30 03 0101 00', { a: false }],
  ['a SET OF out of order', setOf(integer), '31 06 020102 020101', [2n, 1n]],
  ['a SET out of order', set({ a: integer, b: boolean }), '31 06 020101 0101ff', { a: 1n, b: true }],
]

describe('BER by option', () => {
  it.each(table)('reads %s', (_what, schema, bytes, value) => {
    expect(schema.decode(hex(bytes), ber)).toEqual(value)
  })

  it.each(table)('and DER refuses %s', (_what, schema, bytes) => {
    errorOf(() => schema.decode(hex(bytes)))
  })

  it.each([
    ['no end of contents', sequenceOf(integer), '30 80 020101', 'truncated'],
    ['half an end of contents', sequenceOf(integer), '30 80 00', 'truncated'],
    ['an end of contents outside the element', sequenceOf(sequenceOf(integer)), '30 04 30 80 0000 00', 'trailing'],
    [
      'an end of contents that crosses the element',
      sequence({ a: sequenceOf(integer), b: integer }),
      '30 08 30 03 30 80 00 00 05 00',
      'overrun',
    ],
    ['a primitive of indefinite length', octetString, '04 80 0000', 'length'],
    ['octets after the end', sequenceOf(integer), '30 80 0000 00', 'trailing'],
    ['an integer with a spare octet', integer, '02 02 00 01', 'non-minimal'],
    ['pieces of another type', octetString, '24 03 02 01 01', 'tag'],
    ['a bit string with unused bits before the last piece', bitString, '23 08 0302 0480 0302 0001', 'value'],
    ['a reserved length', octetString, '04 ff', 'length'],
  ] as const)('refuses %s', (_what, schema, bytes, kind) => {
    expect(failure(schema, hex(bytes), ber).kind).toBe(kind)
  })

  it('keeps the octets of a DER part inside', () => {
    const schema = sequence({ part: signed(sequence({ id: integer })), rest: any })
    const value = schema.decode(hex('30 80 3003 020105 0500 0000'), ber)
    expect(value.part.bytes).toEqual(hex('3003 020105'))
    expect(value.rest).toEqual(hex('0500'))
  })

  it('makes the same DER of every choice of lengths', () => {
    interface Tree {
      readonly tag: number
      readonly children: readonly Tree[]
      readonly indefinite: boolean
      readonly content: number
    }
    const tree = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        tag: fc.constantFrom(0x30, 0x31, 0xa0, 0x24),
        children: fc.oneof(
          { maxDepth: 5, depthSize: 'small' },
          fc.constant([]),
          fc.array(tie('tree'), { maxLength: 4 }),
        ),
        indefinite: fc.boolean(),
        content: fc.constantFrom(0, 1, 100, 127, 128, 255, 256, 65_535, 65_536),
      }),
    })).tree
    const encode = ({ tag, children, indefinite, content }: Tree, definite: boolean): Uint8Array => {
      const inside = [tlv(0x04, new Uint8Array(content)), ...children.map((child) => encode(child, definite))]
      return indefinite && !definite
        ? concatBytes(Uint8Array.of(tag, 0x80), ...inside, new Uint8Array(2))
        : tlv(tag, ...inside)
    }
    fc.assert(
      fc.property(tree, (value) => {
        expect(equalBytes(any.decode(encode(value, false), ber), encode(value, true))).toBe(true)
      }),
    )
  })

  it.each([0, 127, 128, 255, 256, 65_535, 65_536, 0xffffff, 0x1000000])('writes the length %i', (length) => {
    const content = new Uint8Array(length)
    for (let left = length; left > 0; ) {
      // Elements of two octets, and where the number is odd one of three.
      content.set(left % 2 === 0 ? [5, 0] : [4, 1, 0], length - left)
      left -= left % 2 === 0 ? 2 : 3
    }
    const options = { ...ber, maxElements: 0x1000000, maxSize: 0x2000000 }
    const open = concatBytes(hex('30 80'), content, hex('0000'))
    expect(equalBytes(any.decode(open, options), tlv(0x30, content))).toBe(true)
  })

  it('reads a million nested indefinite lengths in a moment, and in memory of the order of the input', () => {
    const count = 900_000
    const inside = new Uint8Array(4 * count)
    for (let index = 0; index < inside.length; index += 4) inside.set([0x30, 0x80], index)
    const depth = 60
    const open = Uint8Array.from(new Array<readonly number[]>(depth).fill([0x30, 0x80]).flat())
    const der = any.decode(concatBytes(open, inside, new Uint8Array(2 * depth)), ber)
    expect(der.length).toBe(2 * count + depth * 5)
  })

  it('bounds the depth of pieces and of indefinite lengths', () => {
    let pieces = tlv(0x04, hex('01'))
    for (let level = 0; level < 70; level++) pieces = tlv(0x24, pieces)
    expect(failure(octetString, pieces, ber).kind).toBe('limit')
    const open = Uint8Array.from(new Array(200_000).fill([0x30, 0x80]).flat())
    expect(failure(any, open, ber).kind).toBe('limit')
  })

  it('joins a hundred thousand pieces', () => {
    const pieces = new Array<Uint8Array>(100_000).fill(tlv(0x04, hex('01')))
    expect(octetString.decode(tlv(0x24, ...pieces), ber)).toHaveLength(100_000)
  })

  it('bounds the number of pieces', () => {
    const pieces = new Array<Uint8Array>(100).fill(tlv(0x04, hex('01')))
    expect(failure(octetString, tlv(0x24, ...pieces), { ...ber, maxElements: 50 }).kind).toBe('limit')
  })
})
