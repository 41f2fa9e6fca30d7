import { joinBytes } from './bytes.js'
import { fault } from './errors.js'
import { readWhole } from './octet-string.js'
import { enter, nestedReader, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag, view } from './schema.js'
import { constructedBit, type Identifier, identifierName, universal } from './tag.js'
import { mark, reserve, type Writer, writeBytes, writeHeader, writeOctet } from './writer.js'

/** The value of a BIT STRING. */
export interface BitString {
  /** Bits of the last octet that do not belong to the string: 0 to 7, and 0 when `bytes` is empty. They are zero. */
  readonly unusedBits: number
  readonly bytes: Uint8Array
}

/** How the bits become a value and back. @internal */
interface BitForm<T> {
  read(reader: Reader, start: number, end: number): T
  write(writer: Writer, value: T): void
}

const universalBitString = universal(3)

function bitStringCodec<T>(identifier: Identifier, form: BitForm<T>): Codec<T> {
  const name = identifierName(identifier)
  const inPieces = identifier + constructedBit
  return {
    name,
    identifiers: [identifier, inPieces],
    read: (reader, found, start, end, from) => {
      if (found === identifier) return form.read(reader, start, end)
      if (found !== inPieces) throw unexpectedTag(name, found, from)
      const joined = joinPieces(reader, start, end)
      const nested = nestedReader(reader, joined)
      const value = form.read(nested, 0, joined.length)
      reader.elements = nested.elements
      return value
    },
    write: (writer, value) => {
      const before = mark(writer)
      form.write(writer, value)
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => bitStringCodec(tag(false), form),
  }
}

/** Content octets of a BIT STRING that comes in pieces (X.690 section 8.6.4): only the last may have unused bits. */
function joinPieces(reader: Reader, start: number, end: number): Uint8Array {
  if (!reader.ber) throw fault('constructed', start, 'a primitive string', 'one in pieces')
  enter(reader, start)
  const pieces: Uint8Array[] = [new Uint8Array(1)]
  let unusedBits = 0
  for (let position = start; position < end; ) {
    const found = readHeader(reader, position, end)
    const { start: pieceStart, end: pieceEnd } = reader
    if (found !== universalBitString) throw unexpectedTag('BIT STRING', found, position)
    if (unusedBits !== 0) throw fault('value', position, 'unused bits in the last piece only', 'some before it')
    unusedBits = checkBits(reader, pieceStart, pieceEnd)
    pieces.push(view(reader, pieceStart + 1, pieceEnd))
    position = pieceEnd
  }
  reader.depth--
  const joined = joinBytes(pieces)
  joined[0] = unusedBits
  return joined
}

/** Checks the count of unused bits and that they are zero (X.690 sections 8.6.2 and 11.2.1), and returns it. */
function checkBits({ bytes, ber }: Reader, start: number, end: number): number {
  if (end === start) throw fault('value', start, 'the count of unused bits', 'no content')
  const unusedBits = bytes[start] as number
  if (unusedBits > 7) throw fault('value', start, 'at most 7 unused bits', `${unusedBits}`)
  if (unusedBits === 0) return 0
  if (end - start === 1) throw fault('value', start, 'no unused bits in an empty string', `${unusedBits}`)
  const rest = (bytes[end - 1] as number) & ((1 << unusedBits) - 1)
  if (rest !== 0 && !ber) throw fault('value', end - 1, 'unused bits that are zero', 'others')
  return unusedBits
}

const plainForm: BitForm<BitString> = {
  read: (reader, start, end) => {
    const unusedBits = checkBits(reader, start, end)
    return { unusedBits, bytes: view(reader, start + 1, end) }
  },
  write: (writer, value) => {
    if (!(value?.bytes instanceof Uint8Array)) throw badValue('a bit string { unusedBits, bytes }', kindOf(value))
    const { unusedBits, bytes } = value
    const most = bytes.length === 0 ? 0 : 7
    if (!Number.isInteger(unusedBits) || unusedBits < 0 || unusedBits > most) {
      throw badValue(`unused bits from 0 to ${most}`, `${unusedBits}`)
    }
    if (((bytes[bytes.length - 1] ?? 0) & ((1 << unusedBits) - 1)) !== 0)
      throw badValue('unused bits that are zero', 'others')
    writeBytes(writer, bytes)
    writeOctet(writer, unusedBits)
  },
}

/** BIT STRING (X.690 section 8.6). */
export const bitString: Schema<BitString> = createSchema(bitStringCodec(universalBitString, plainForm))

/** BIT STRING that contains the DER of another type: the value inside. */
export function bitStringOf<T>(schema: Schema<T>): Schema<T> {
  const inner = schema.codec
  return createSchema(
    bitStringCodec<T>(universalBitString, {
      read: (reader, start, end) => {
        if (checkBits(reader, start, end) !== 0) throw fault('value', start, 'no unused bits', 'some')
        enter(reader, start)
        const value = readWhole(inner, reader, start + 1, end)
        reader.depth--
        return value
      },
      write: (writer, value) => {
        inner.write(writer, value)
        writeOctet(writer, 0)
      },
    }),
  )
}

/**
 * BIT STRING with a named bit list (X.680 section 22.4): the set of the names whose bit is 1. `names[i]` names bit `i`. A
 * bit without a name is refused. In DER the last bit is 1 (X.690 section 11.2.2).
 */
export function namedBits<const N extends string>(names: readonly N[]): Schema<ReadonlySet<N>> {
  const known: ReadonlySet<unknown> = new Set(names)
  return createSchema(
    bitStringCodec<ReadonlySet<N>>(universalBitString, {
      read: (reader, start, end) => {
        const unusedBits = checkBits(reader, start, end)
        const { bytes, ber } = reader
        const count = (end - start - 1) * 8 - unusedBits
        const lastBit = count === 0 || ((bytes[end - 1] as number) >> unusedBits) & 1
        if (lastBit === 0 && !ber) throw fault('value', end - 1, 'no trailing zero bits', 'some')
        const value = new Set<N>()
        for (let bit = 0; bit < count; bit++) {
          if (((bytes[start + 1 + (bit >> 3)] as number) & (0x80 >> (bit & 7))) === 0) continue
          const name = names[bit]
          if (name === undefined) throw fault('value', start + 1 + (bit >> 3), 'bits that have a name', `bit ${bit}`)
          value.add(name)
        }
        return value
      },
      write: (writer, value) => {
        if (!(value instanceof Set)) throw badValue('a Set of bit names', kindOf(value))
        for (const name of value) if (!known.has(name)) throw badValue(`one of ${names.join(', ')}`, 'another name')
        let count = names.length
        while (count > 0 && !value.has(names[count - 1] as N)) count--
        const octets = (count + 7) >> 3
        const position = reserve(writer, octets + 1)
        writer.buffer[position] = octets * 8 - count
        writer.buffer.fill(0, position + 1, position + 1 + octets)
        for (let bit = 0; bit < count; bit++) {
          if (!value.has(names[bit] as N)) continue
          const index = position + 1 + (bit >> 3)
          writer.buffer[index] = (writer.buffer[index] as number) | (0x80 >> (bit & 7))
        }
      },
    }),
  )
}
