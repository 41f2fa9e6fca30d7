import { compareBytes } from './bytes.js'
import { fault, located } from './errors.js'
import { enter, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { mark, type Writer, writeHeader } from './writer.js'

/** How many elements a collection may have: `SIZE (min..max)`. */
export interface SizeConstraint {
  /** Default 0. */
  readonly min?: number
  /** Default: no maximum but `maxElements`. */
  readonly max?: number
}

interface Kind {
  readonly identifier: Identifier
  readonly ordered: boolean
  readonly min: number
  readonly max: number
}

function collectionCodec<T>(kind: Kind, element: Codec<T>): Codec<readonly T[]> {
  const { identifier } = kind
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      enter(reader, from)
      const values = readElements(kind, element, reader, start, end)
      checkSize(kind, values.length, from)
      reader.depth--
      return values
    },
    write: (writer, values) => {
      if (!Array.isArray(values)) throw badValue('an array', kindOf(values))
      checkSize(kind, values.length, undefined)
      const before = mark(writer)
      writeElements(kind, element, writer, values)
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => collectionCodec({ ...kind, identifier: tag(true) }, element),
  }
}

function checkSize({ min, max }: Kind, count: number, offset: number | undefined): void {
  if (count < min) throw fault('value', offset, `at least ${min} elements`, `${count}`)
  if (count > max) throw fault('value', offset, `at most ${max} elements`, `${count}`)
}

function readElements<T>({ ordered }: Kind, element: Codec<T>, reader: Reader, start: number, end: number): T[] {
  const values: T[] = []
  const sorted = ordered && !reader.ber
  let previous = -1
  let position = start
  try {
    while (position < end) {
      const found = readHeader(reader, position, end)
      const next = reader.end
      const value = element.read(reader, found, reader.start, next, position)
      if (sorted) {
        if (previous !== -1) checkOrder(reader.bytes, previous, position, next)
        previous = position
      }
      values.push(value)
      position = next
    }
  } catch (thrown) {
    throw located(thrown, `${values.length}`)
  }
  return values
}

/** In DER each element of a SET OF is not less than the one before, octet by octet (X.690 section 11.6). */
function checkOrder(bytes: Uint8Array, previous: number, position: number, next: number): void {
  const shared = Math.min(position - previous, next - position)
  for (let index = 0; index < shared; index++) {
    const difference = (bytes[previous + index] as number) - (bytes[position + index] as number)
    if (difference < 0) return
    if (difference > 0) throw fault('order', position, 'elements in ascending order', 'a smaller one after a larger')
  }
}

function writeElements<T>({ ordered }: Kind, element: Codec<T>, writer: Writer, values: readonly T[]): void {
  const marks: number[] = []
  let index = values.length - 1
  try {
    for (; index >= 0; index--) {
      marks.push(mark(writer))
      element.write(writer, values[index] as T)
    }
  } catch (thrown) {
    throw located(thrown, `${index}`)
  }
  if (ordered && values.length > 1) sortWritten(writer, marks)
}

/** Puts the elements, whose ends are at `marks` from the buffer's end, into ascending order. @internal */
export function sortWritten(writer: Writer, marks: readonly number[]): void {
  const { buffer, position } = writer
  const starts = [...marks.slice(1), mark(writer)]
  const elements = marks.map((end, index) =>
    buffer.slice(buffer.length - (starts[index] as number), buffer.length - end),
  )
  elements.sort(compareBytes)
  let offset = position
  for (const octets of elements) {
    buffer.set(octets, offset)
    offset += octets.length
  }
}

const kindFor = (identifier: Identifier, ordered: boolean, { min = 0, max = Infinity }: SizeConstraint): Kind => ({
  identifier,
  ordered,
  min,
  max,
})

/** SEQUENCE OF (X.690 section 8.10): an array. */
export const sequenceOf = <T>(schema: Schema<T>, size: SizeConstraint = {}): Schema<readonly T[]> =>
  createSchema(collectionCodec(kindFor(universal(16, true), false, size), schema.codec))

/** SET OF (X.690 section 8.12): an array; encoding sorts it as DER demands, decoding demands the order. */
export const setOf = <T>(schema: Schema<T>, size: SizeConstraint = {}): Schema<readonly T[]> =>
  createSchema(collectionCodec(kindFor(universal(17, true), true, size), schema.codec))
