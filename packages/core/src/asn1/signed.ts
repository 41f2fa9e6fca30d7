import { checkElement } from './primitive.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, view } from './schema.js'
import { writeBytes } from './writer.js'

/** The part of a structure that a signature covers: its octets as received, and what they mean. */
export interface Signed<T> {
  /** The DER element, tag and length included, exactly as it was signed. */
  readonly bytes: Uint8Array
  readonly value: T
}

function signedCodec<T>(inner: Codec<T>): Codec<Signed<T>> {
  const { withTag } = inner
  return {
    name: inner.name,
    get identifiers() {
      return inner.identifiers
    },
    read: (reader, identifier, start, end, from) => ({
      bytes: view(reader, from, end),
      value: inner.read(reader, identifier, start, end, from),
    }),
    write: (writer, value) => {
      if (!(value?.bytes instanceof Uint8Array)) throw badValue('a signed part { bytes, value }', kindOf(value))
      const identifier = checkElement(value.bytes)
      if (inner.identifiers?.includes(identifier) === false) throw badValue(inner.name, 'octets of another type')
      writeBytes(writer, value.bytes)
    },
    ...(withTag === undefined ? {} : { withTag: (tag) => signedCodec(withTag(tag)) }),
  }
}

/**
 * Keeps the original octets of a part next to its value. Verify signatures over `bytes`; encoding writes `bytes` and
 * ignores `value`, so nothing is ever encoded anew. Make one with {@link toSigned}.
 */
export const signed = <T>(schema: Schema<T>): Schema<Signed<T>> => createSchema(signedCodec(schema.codec))

/**
 * Encodes a value once, to be signed and then put into the structure.
 *
 * @param schema the schema of the part, without `signed` around it
 * @throws Asn1Error when the type cannot hold the value.
 */
export const toSigned = <T>(schema: Schema<T>, value: T): Signed<T> => ({ bytes: schema.encode(value), value })
