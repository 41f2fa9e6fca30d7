import { joinBytes } from './bytes.js'
import { fault } from './errors.js'
import { enter, nestedReader, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag, view } from './schema.js'
import { constructedBit, type Identifier, identifierName, universal } from './tag.js'
import { mark, writeBytes, writeHeader } from './writer.js'

const universalOctetString = universal(4)

/**
 * The content of a string type. In BER it may come in pieces (X.690 sections 8.7.3 and 8.23.3), each an OCTET STRING,
 * for character strings too.
 *
 * @internal
 */
export function readString(reader: Reader, identifier: Identifier, start: number, end: number): Uint8Array {
  if ((identifier & constructedBit) === 0) return view(reader, start, end)
  if (!reader.ber) throw fault('constructed', start, 'a primitive string', 'one in pieces')
  const pieces: Uint8Array[] = []
  collectPieces(reader, start, end, pieces)
  return joinBytes(pieces)
}

function collectPieces(reader: Reader, start: number, end: number, pieces: Uint8Array[]): void {
  enter(reader, start)
  for (let position = start; position < end; ) {
    const found = readHeader(reader, position, end)
    const { start: pieceStart, end: pieceEnd } = reader
    if (found === universalOctetString) pieces.push(view(reader, pieceStart, pieceEnd))
    else if (found === universalOctetString + constructedBit) collectPieces(reader, pieceStart, pieceEnd, pieces)
    else throw unexpectedTag('OCTET STRING', found, position)
    position = pieceEnd
  }
  reader.depth--
}

function octetStringCodec(identifier: Identifier): Codec<Uint8Array> {
  const name = identifierName(identifier)
  const inPieces = identifier + constructedBit
  return {
    name,
    identifiers: [identifier, inPieces],
    read: (reader, found, start, end, from) => {
      if (found === identifier) return view(reader, start, end)
      if (found !== inPieces) throw unexpectedTag(name, found, from)
      return readString(reader, found, start, end)
    },
    write: (writer, value) => {
      if (!(value instanceof Uint8Array)) throw badValue('a Uint8Array', kindOf(value))
      writeBytes(writer, value)
      writeHeader(writer, identifier, value.length)
    },
    withTag: (tag) => octetStringCodec(tag(false)),
  }
}

/** OCTET STRING (X.690 section 8.7): its content octets. */
export const octetString: Schema<Uint8Array> = createSchema(octetStringCodec(universalOctetString))

/** Reads one element that fills `start`..`end`. @internal */
export function readWhole<T>(codec: Codec<T>, reader: Reader, start: number, end: number): T {
  const identifier = readHeader(reader, start, end)
  const { start: contentStart, end: contentEnd } = reader
  if (contentEnd !== end)
    throw fault('trailing', contentEnd, 'the end of the string', `${end - contentEnd} more octets`)
  return codec.read(reader, identifier, contentStart, contentEnd, start)
}

function containingCodec<T>(identifier: Identifier, inner: Codec<T>): Codec<T> {
  const name = identifierName(identifier)
  const inPieces = identifier + constructedBit
  return {
    name,
    identifiers: [identifier, inPieces],
    read: (reader, found, start, end, from) => {
      if (found !== identifier && found !== inPieces) throw unexpectedTag(name, found, from)
      enter(reader, from)
      let value: T
      if (found === identifier) value = readWhole(inner, reader, start, end)
      else {
        const joined = readString(reader, found, start, end)
        const nested = nestedReader(reader, joined)
        value = readWhole(inner, nested, 0, joined.length)
        reader.elements = nested.elements
      }
      reader.depth--
      return value
    },
    write: (writer, value) => {
      const before = mark(writer)
      inner.write(writer, value)
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => containingCodec(tag(false), inner),
  }
}

/** OCTET STRING that contains the DER of another type (`OCTET STRING (CONTAINING ...)`): the value inside. */
export const octetStringOf = <T>(schema: Schema<T>): Schema<T> =>
  createSchema(containingCodec(universalOctetString, schema.codec))
