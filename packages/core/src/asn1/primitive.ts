import { fault } from './errors.js'
import { createReader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag, view } from './schema.js'
import { identifierName, universal } from './tag.js'
import { writeBytes, writeHeader, writeOctet } from './writer.js'

function booleanCodec(identifier: number): Codec<boolean> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      const octet = reader.bytes[start] as number
      if (end - start !== 1) throw fault('value', start, 'one octet', `${end - start}`)
      if (octet !== 0 && octet !== 0xff && !reader.ber)
        throw fault('value', start, 'the octet 00 or FF', 'another octet')
      return octet !== 0
    },
    write: (writer, value) => {
      if (typeof value !== 'boolean') throw badValue('a boolean', kindOf(value))
      writeOctet(writer, value ? 0xff : 0)
      writeHeader(writer, identifier, 1)
    },
    withTag: (tag) => booleanCodec(tag(false)),
  }
}

/** BOOLEAN (X.690 section 8.2): `true` or `false`. */
export const boolean: Schema<boolean> = createSchema(booleanCodec(universal(1)))

function nullCodec(identifier: number): Codec<null> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (_reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      if (end !== start) throw fault('value', start, 'no content', `${end - start} octets`)
      return null
    },
    write: (writer, value) => {
      if (value !== null) throw badValue('null', kindOf(value))
      writeHeader(writer, identifier, 0)
    },
    withTag: (tag) => nullCodec(tag(false)),
  }
}

/** NULL (X.690 section 8.8): `null`. */
export const nullValue: Schema<null> = createSchema(nullCodec(universal(5)))

/** One element of any type, as its octets (tag, length and content); what is inside is not checked. */
export const any: Schema<Uint8Array> = createSchema({
  name: 'an element',
  identifiers: undefined,
  read: (reader, _identifier, _start, end, from) => view(reader, from, end),
  write: (writer, value) => {
    checkElement(value)
    writeBytes(writer, value)
  },
})

/** Refuses octets that are not exactly one element: they would break the structure around them. @internal */
export function checkElement(value: Uint8Array): number {
  if (!(value instanceof Uint8Array)) throw badValue('a Uint8Array', kindOf(value))
  const reader = createReader(value, {})
  try {
    const identifier = readHeader(reader, 0, value.length)
    if (reader.end === value.length) return identifier
  } catch {
    // The offset would be one of the value's octets; the caller gets the field.
  }
  throw badValue('one DER element', 'other octets')
}
