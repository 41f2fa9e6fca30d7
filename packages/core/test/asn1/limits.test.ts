import {
  explicit,
  integer,
  lazy,
  nullValue,
  objectIdentifier,
  optional,
  type Schema,
  sequence,
  sequenceOf,
  smallInteger,
} from '@certwright/core/asn1'
import { describe, expect, it } from 'vitest'
import { failure, tlv } from './support.js'

interface Nest {
  readonly inner?: Nest | undefined
}
const Nest: Schema<Nest> = sequence({ inner: optional(lazy(() => Nest)) })

function nested(depth: number): Uint8Array {
  let der = tlv(0x30)
  for (let level = 1; level < depth; level++) der = tlv(0x30, der)
  return der
}

const identifier = (...arcs: readonly number[][]): Uint8Array => tlv(0x06, Uint8Array.from([0x2a, ...arcs.flat()]))

describe('limits', () => {
  it('bound the size', () => {
    const der = sequenceOf(integer).encode([1n, 2n, 3n])
    expect(failure(sequenceOf(integer), der, { maxSize: der.length - 1 })).toMatchObject({ kind: 'limit', offset: 0 })
    expect(sequenceOf(integer).decode(der, { maxSize: der.length })).toHaveLength(3)
  })

  it('bound the depth, before the stack does', () => {
    expect(Nest.decode(nested(64))).toHaveProperty('inner')
    expect(failure(Nest, nested(65))).toMatchObject({ kind: 'limit', offset: 129 })
    expect(failure(Nest, nested(5_000)).kind).toBe('limit')
    expect(Nest.decode(nested(500), { maxDepth: 500 })).toHaveProperty('inner')
  })

  it('bound the depth of explicit tags', () => {
    let schema: Schema<unknown> = nullValue
    for (let level = 0; level < 70; level++) schema = explicit(0, schema)
    expect(failure(schema, schema.encode(null)).kind).toBe('limit')
  })

  it('bound the number of elements, and a caller can raise it', () => {
    const der = sequenceOf(smallInteger).encode(new Array(1_200_000).fill(7))
    expect(failure(sequenceOf(smallInteger), der).kind).toBe('limit')
    expect(sequenceOf(smallInteger).decode(der, { maxElements: 1_200_001 })).toHaveLength(1_200_000)
    expect(failure(sequenceOf(smallInteger), der, { maxElements: 10 })).toMatchObject({ kind: 'limit', path: ['9'] })
  })

  it('refuse an object identifier of 254 kB made of one arc, without doing the arithmetic', () => {
    const one = identifier([...new Array(254_000).fill(0xff), 0x01])
    expect(failure(objectIdentifier, one).kind).toBe('limit')
    expect(failure(objectIdentifier, one, { maxObjectIdentifier: 1_000_000 })).toMatchObject({
      kind: 'limit',
      offset: 6,
    })
  })

  it('read an object identifier of 254 kB of short arcs when the caller asks for it', () => {
    const many = identifier(new Array(127_000).fill([0x81, 0x01]).flat())
    expect(failure(objectIdentifier, many).kind).toBe('limit')
    const text = objectIdentifier.decode(many, { maxObjectIdentifier: 300_000 })
    expect(text.length).toBe('1.2'.length + 127_000 * '.129'.length)
    expect(objectIdentifier.encode(text)).toEqual(many)
  })

  it('bound short identifiers too, whether seen before or not', () => {
    const short = identifier([1, 2, 3])
    expect(objectIdentifier.decode(short)).toBe('1.2.1.2.3')
    expect(failure(objectIdentifier, short, { maxObjectIdentifier: 3 }).kind).toBe('limit')
  })

  it('never ask for memory that a length claims', () => {
    expect(failure(sequenceOf(integer), Uint8Array.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])).kind).toBe('truncated')
  })
})
