import { located, toAsn1Error } from './errors.js'
import { enter, nestedReader, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag, view } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { mark, writeBytes, writeHeader } from './writer.js'

/** The elements of a long SEQUENCE OF, each decoded when it is asked for. */
export interface DeferredList<T> extends Iterable<T> {
  readonly length: number
  /**
   * The element at an index from 0, or `undefined` beyond the end.
   *
   * @throws Asn1Error when that element is malformed; its offset counts from the start of the whole input.
   */
  at(index: number): T | undefined
  /** The octets of an element, undecoded; empty beyond the end. */
  bytes(index: number): Uint8Array
}

/** Offsets of the elements and, last, of their end. */
function elementOffsets(codec: Codec<unknown>, reader: Reader, start: number, end: number): Uint32Array {
  let offsets = new Uint32Array(64)
  let count = 0
  for (let position = start; position < end; count++) {
    const found = readHeader(reader, position, end)
    // An element costs four octets until it is decoded, so it does not count against maxElements.
    reader.elements++
    if (codec.identifiers?.includes(found) === false) {
      throw located(unexpectedTag(codec.name, found, position), `${count}`)
    }
    if (count + 1 === offsets.length) {
      const larger = new Uint32Array(2 * offsets.length)
      larger.set(offsets)
      offsets = larger
    }
    offsets[count] = position
    position = reader.end
  }
  offsets[count] = end
  return offsets.subarray(0, count + 1)
}

function createList<T>(codec: Codec<T>, reader: Reader, offsets: Uint32Array): DeferredList<T> {
  const length = offsets.length - 1
  const budget = reader.elements
  const at = (index: number): T | undefined => {
    const from = offsets[index]
    const end = offsets[index + 1]
    if (from === undefined || end === undefined) return undefined
    const own: Reader = { ...nestedReader(reader, reader.bytes), elements: budget }
    try {
      const found = readHeader(own, from, end)
      return codec.read(own, found, own.start, own.end, from)
    } catch (thrown) {
      throw toAsn1Error(located(thrown, `${index}`))
    }
  }
  return {
    length,
    at,
    bytes: (index) => view(reader, offsets[index] ?? 0, offsets[index + 1] ?? offsets[index] ?? 0),
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield at(index) as T
    },
  }
}

function deferredCodec<T>(identifier: Identifier, element: Codec<T>): Codec<DeferredList<T>> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      enter(reader, from)
      const list = createList(element, { ...reader }, elementOffsets(element, reader, start, end))
      reader.depth--
      return list
    },
    write: (writer, list) => {
      if (typeof list?.bytes !== 'function') throw badValue('a deferred list', kindOf(list))
      const before = mark(writer)
      for (let index = list.length - 1; index >= 0; index--) writeBytes(writer, list.bytes(index))
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => deferredCodec(tag(true), element),
  }
}

/**
 * SEQUENCE OF whose elements are found in one pass and decoded one by one when asked for: for lists of very many, such
 * as the entries of a CRL. The pass checks that the elements fill the list and have the right tag; what is inside them
 * is checked when they are decoded. Encoding writes the octets they came with.
 */
export const deferredSequenceOf = <T>(schema: Schema<T>): Schema<DeferredList<T>> =>
  createSchema(deferredCodec(universal(16, true), schema.codec))
