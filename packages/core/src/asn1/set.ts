import { fault, located } from './errors.js'
import { accepts, checkDefault, type Field, type FieldDeclarations, type FieldValues, writeField } from './field.js'
import { createReader, enter, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { compiledOnce } from './sequence.js'
import { asPrimitive, type Identifier, identifierName, universal } from './tag.js'
import { mark, type Writer, writeBytes, writeHeader } from './writer.js'

type Values = Record<string, unknown>

/** Tags in the order of X.680 section 8.6: by class, then by number. */
function tagOrder(identifier: Identifier): number {
  const leading = identifier & 0xff
  const number = identifier < 256 ? leading & 0x1f : Math.floor(identifier / 256)
  return (leading >> 6) * 2 ** 32 + number
}

function readFields(fields: readonly Field[], reader: Reader, start: number, end: number): Values {
  const values: Values = {}
  for (const field of fields) values[field.name] = undefined
  let previous = -1
  for (let position = start; position < end; ) {
    const found = readHeader(reader, position, end)
    const { start: contentStart, end: next } = reader
    const field = fields.find((candidate) => accepts(candidate, found))
    if (field === undefined) throw fault('tag', position, 'an element of the SET', identifierName(found))
    const order = tagOrder(found)
    if (values[field.name] !== undefined) throw fault('duplicate', position, `one ${field.name}`, 'another')
    if (order < previous && !reader.ber) throw fault('order', position, 'elements in order of their tags', 'others')
    previous = order
    try {
      values[field.name] = field.codec.read(reader, found, contentStart, next, position)
      checkDefault(field, reader, position, next)
    } catch (thrown) {
      throw located(thrown, field.name)
    }
    position = next
  }
  return completed(fields, values, end)
}

function completed(fields: readonly Field[], values: Values, end: number): Values {
  for (const { name, presence, fallback, codec } of fields) {
    if (values[name] !== undefined) continue
    if (presence === 'required') throw located(fault('missing', end, codec.name, 'the end'), name)
    values[name] = fallback
  }
  return values
}

function writeFields(fields: readonly Field[], writer: Writer, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw badValue('an object', kindOf(value))
  const elements: { readonly order: number; readonly octets: Uint8Array }[] = []
  for (const field of fields) {
    const before = mark(writer)
    try {
      writeField(field, writer, value as Values)
    } catch (thrown) {
      throw located(thrown, field.name)
    }
    const octets = writer.buffer.slice(writer.position, writer.buffer.length - before)
    writer.position += octets.length
    if (octets.length > 0) elements.push({ order: tagOrder(firstIdentifier(octets)), octets })
  }
  elements.sort((a, b) => b.order - a.order)
  for (const { octets } of elements) writeBytes(writer, octets)
}

const firstIdentifier = (octets: Uint8Array): Identifier => readHeader(createReader(octets, {}), 0, octets.length)

/** In a SET every two fields need distinct tags (X.680 section 27.3). */
function checkAllDistinct(fields: readonly Field[]): void {
  const seen = new Set<Identifier>()
  for (const { codec, name, open } of fields) {
    if (open !== undefined) throw fault('schema', undefined, 'an open type in a SEQUENCE only', name)
    for (const identifier of new Set(codec.identifiers?.map(asPrimitive) ?? [-1])) {
      if (seen.has(identifier)) throw fault('schema', undefined, 'distinct tags in a SET', `the same again for ${name}`)
      seen.add(identifier)
    }
  }
}

function setCodec<F extends FieldDeclarations>(
  identifier: Identifier,
  compiled: () => readonly Field[],
): Codec<FieldValues<F>> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      enter(reader, from)
      const values = readFields(compiled(), reader, start, end)
      reader.depth--
      return values as FieldValues<F>
    },
    write: (writer, value) => {
      const before = mark(writer)
      writeFields(compiled(), writer, value)
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => setCodec(tag(true), compiled),
  }
}

/** SET (X.690 section 8.11): an object with the declared fields; DER orders them by their tags (section 10.3). */
export function set<const F extends FieldDeclarations>(fields: F): Schema<FieldValues<F>> {
  return createSchema(setCodec<F>(universal(17, true), compiledOnce(fields, checkAllDistinct)))
}
