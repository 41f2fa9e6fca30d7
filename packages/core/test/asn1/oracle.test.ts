import {
  type BitString,
  bitString,
  bmpString,
  boolean,
  enumerated,
  explicit,
  generalizedTime,
  generalString,
  graphicString,
  ia5String,
  implicit,
  integer,
  nullValue,
  numericString,
  objectIdentifier,
  octetString,
  printableString,
  relativeObjectIdentifier,
  type Schema,
  sequenceOf,
  setOf,
  teletexString,
  universalString,
  utcTime,
  utf8String,
  videotexString,
  visibleString,
} from '@certwright/core/asn1'
import * as asn1js from 'asn1js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** One value three ways: ours, and as asn1js builds it. */
interface Sample {
  readonly schema: Schema<unknown>
  readonly value: unknown
  readonly theirs: asn1js.BaseBlock
}

const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
const sample = <T>(schema: Schema<T>, value: T, theirs: asn1js.BaseBlock): Sample => ({ schema, value, theirs })

const arc = fc.oneof(fc.nat({ max: 200 }), fc.nat()).map(String)
const identifier = fc
  .tuple(fc.constantFrom('0', '1', '2'), fc.nat({ max: 39 }), fc.array(arc, { minLength: 1, maxLength: 8 }))
  .map(([root, second, rest]) => [root, second, ...rest].join('.'))

const bits: fc.Arbitrary<BitString> = fc
  .tuple(fc.uint8Array({ minLength: 1 }), fc.nat({ max: 7 }))
  .map(([bytes, unusedBits]) => {
    bytes[bytes.length - 1] = ((bytes.at(-1) ?? 0) >> unusedBits) << unusedBits
    return { unusedBits, bytes }
  })

const seconds = (from: string, to: string): fc.Arbitrary<Date> =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))

const charset = (characters: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 80 })

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
const printable = "ABCXYZabcxyz0189 '()+,-./:=?"
const wellFormed = fc.string({ unit: 'grapheme', maxLength: 80 })
const bmp = wellFormed.map((text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?'))

const primitives: readonly fc.Arbitrary<Sample>[] = [
  fc.boolean().map((value) => sample(boolean, value, new asn1js.Boolean({ value }))),
  fc.constant(sample(nullValue, null, new asn1js.Null())),
  fc
    .bigInt({ min: -(2n ** 300n), max: 2n ** 300n })
    .map((value) => sample(integer, value, asn1js.Integer.fromBigInt(value))),
  fc.bigInt({ min: -300n, max: 300n }).map((value) => sample(integer, value, asn1js.Integer.fromBigInt(value))),
  fc.nat({ max: 400 }).map((value) => sample(enumerated({ it: value }), 'it', new asn1js.Enumerated({ value }))),
  fc
    .uint8Array({ maxLength: 300, size: 'max' })
    .map((value) => sample(octetString, value, new asn1js.OctetString({ valueHex: buffer(value) }))),
  bits.map((value) =>
    sample(bitString, value, new asn1js.BitString({ unusedBits: value.unusedBits, valueHex: buffer(value.bytes) })),
  ),
  identifier.map((value) => sample(objectIdentifier, value, new asn1js.ObjectIdentifier({ value }))),
  wellFormed.map((value) => sample(utf8String, value, new asn1js.Utf8String({ value }))),
  charset(printable).map((value) => sample(printableString, value, new asn1js.PrintableString({ value }))),
  charset(ascii).map((value) => sample(ia5String, value, new asn1js.IA5String({ value }))),
  charset(ascii).map((value) => sample(visibleString, value, new asn1js.VisibleString({ value }))),
  charset('0123456789 ').map((value) => sample(numericString, value, new asn1js.NumericString({ value }))),
  charset(ascii).map((value) => sample(generalString, value, new asn1js.GeneralString({ value }))),
  charset(ascii).map((value) => sample(graphicString, value, new asn1js.GraphicString({ value }))),
  charset(ascii).map((value) => sample(videotexString, value, new asn1js.VideotexString({ value }))),
  charset(ascii).map((value) => sample(teletexString, value, new asn1js.TeletexString({ value }))),
  fc
    .array(arc, { minLength: 1, maxLength: 8 })
    .map((arcs) => arcs.join('.'))
    .map((value) => sample(relativeObjectIdentifier, value, new asn1js.RelativeObjectIdentifier({ value }))),
  bmp.map((value) => sample(bmpString, value, new asn1js.BmpString({ value }))),
  bmp.map((value) => sample(universalString, value, new asn1js.UniversalString({ value }))),
  seconds('1950-01-01T00:00:00Z', '2049-12-31T23:59:59Z').map((valueDate) =>
    sample(utcTime, valueDate, new asn1js.UTCTime({ valueDate })),
  ),
  seconds('1000-01-01T00:00:00Z', '9999-12-31T23:59:59Z').map((valueDate) =>
    sample(generalizedTime, valueDate, new asn1js.GeneralizedTime({ valueDate })),
  ),
]

const repeated = (of: fc.Arbitrary<Sample>): fc.Arbitrary<readonly Sample[]> =>
  fc.tuple(of, fc.nat({ max: 4 })).map(([element, count]) => new Array<Sample>(count).fill(element))

/** Trees of every type: collections hold copies of one element, because a schema describes them all. */
const { tree } = fc.letrec<{ tree: Sample }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    ...primitives,
    repeated(tie('tree')).map((list) => {
      const schema = sequenceOf(list[0]?.schema ?? boolean)
      return sample(
        schema,
        list.map(({ value }) => value),
        new asn1js.Sequence({ value: list.map(({ theirs }) => theirs) }),
      )
    }),
    repeated(tie('tree')).map((list) => {
      const schema = setOf(list[0]?.schema ?? boolean)
      return sample(
        schema,
        list.map(({ value }) => value),
        new asn1js.Set({ value: list.map(({ theirs }) => theirs) }),
      )
    }),
    fc
      .tuple(tie('tree'), fc.constantFrom(0, 3, 30, 31, 127, 128, 5000))
      .map(([{ schema, value, theirs }, tagNumber]) => {
        const idBlock = { tagClass: 3, tagNumber }
        return sample<unknown>(explicit(tagNumber, schema), value, new asn1js.Constructed({ idBlock, value: [theirs] }))
      }),
  ),
}))

const theirDer = ({ theirs }: Sample): Uint8Array => new Uint8Array(theirs.toBER())

describe('asn1js as oracle', () => {
  it('writes the same octets', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(one.schema.encode(one.value)).toEqual(theirDer(one))
      }),
      { numRuns: 1500 },
    )
  })

  it('writes what we read', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(one.schema.decode(theirDer(one))).toEqual(one.value)
      }),
      { numRuns: 1500 },
    )
  })

  it('reads what we write', () => {
    fc.assert(
      fc.property(tree, (one) => {
        const der = one.schema.encode(one.value)
        const { offset, result } = asn1js.fromBER(buffer(der))
        expect(offset).toBe(der.length)
        expect(new Uint8Array(result.toBER())).toEqual(theirDer(one))
      }),
      { numRuns: 500 },
    )
  })

  it('replaces tags alike', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat({ max: 300 }), (value, tagNumber) => {
        const theirs = new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: buffer(value) })
        expect(implicit(tagNumber, octetString).encode(value)).toEqual(new Uint8Array(theirs.toBER()))
      }),
    )
  })
})

/** Changes of a message that keep most of it whole. */
const mutation = fc.record({
  at: fc.nat({ max: 10_000 }),
  kind: fc.constantFrom('flip', 'delete', 'insert', 'truncate'),
  octet: fc.nat({ max: 255 }),
})

function mutate(der: Uint8Array, { at, kind, octet }: { at: number; kind: string; octet: number }): Uint8Array {
  const copy = [...der]
  const index = at % Math.max(1, copy.length)
  if (kind === 'flip') copy[index] = octet
  else if (kind === 'delete') copy.splice(index, 1)
  else if (kind === 'insert') copy.splice(index, 0, octet)
  else copy.length = index
  return Uint8Array.from(copy)
}

describe('mutated messages', () => {
  it('are refused with a typed error or are the one encoding of what they decode to', () => {
    let accepted = 0
    fc.assert(
      fc.property(tree, fc.array(mutation, { minLength: 1, maxLength: 3 }), (one, changes) => {
        const der = changes.reduce(mutate, theirDer(one))
        let value: unknown
        try {
          value = one.schema.decode(der)
        } catch (error) {
          expect(error).toHaveProperty('code', 'asn1')
          return
        }
        accepted++
        expect(one.schema.encode(value)).toEqual(der)
        expect(asn1js.fromBER(buffer(der)).offset).toBe(der.length)
      }),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })
})
