import { Asn1Error, fault } from './errors.js'
import { enter, readHeader } from './reader.js'
import { type Codec, createSchema, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, type TagClass, tagOf } from './tag.js'
import { mark, writeHeader } from './writer.js'

function explicitCodec<T>(identifier: Identifier, inner: Codec<T>): Codec<T> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      enter(reader, from)
      const innerIdentifier = readHeader(reader, start, end)
      const { start: contentStart, end: contentEnd } = reader
      if (contentEnd !== end) throw fault('trailing', contentEnd, `one element in ${name}`, 'more octets')
      const value = inner.read(reader, innerIdentifier, contentStart, contentEnd, start)
      reader.depth--
      return value
    },
    write: (writer, value) => {
      const before = mark(writer)
      inner.write(writer, value)
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => explicitCodec(tag(true), inner),
  }
}

/**
 * `[number] EXPLICIT` (X.690 section 8.14.2): the type wrapped in another tag, context-specific unless told otherwise.
 *
 * @param number 0 to 2^28 - 1
 */
export const explicit = <T>(number: number, schema: Schema<T>, tagClass: TagClass = 'context'): Schema<T> =>
  createSchema(explicitCodec(tagOf(number, tagClass, true), schema.codec))

/**
 * `[number] IMPLICIT` (X.690 section 8.14.3): the tag, context-specific unless told otherwise, in place of the type's own.
 *
 * @param number 0 to 2^28 - 1
 * @throws Asn1Error `schema` for a CHOICE or ANY, whose tag cannot be replaced: use {@link explicit}, as ASN.1 does
 * (X.680 section 31.2.7).
 */
export function implicit<T>(number: number, schema: Schema<T>, tagClass: TagClass = 'context'): Schema<T> {
  const { codec } = schema
  if (codec.withTag === undefined) {
    throw new Asn1Error({ kind: 'schema', expected: 'a type with a tag of its own', actual: codec.name })
  }
  return createSchema(codec.withTag((constructed) => tagOf(number, tagClass, constructed)))
}
