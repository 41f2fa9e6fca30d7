import { fault } from './errors.js'
import { badValue, type Codec, createSchema, type Schema } from './schema.js'

/** How a value of a schema becomes a value of the program and back. */
export interface Mapping<S, T> {
  /** Throws an Asn1Error for a value that has no meaning. */
  readonly decode: (value: S) => T
  /** Throws an Asn1Error for a value that the schema cannot hold. */
  readonly encode: (value: T) => S
}

function mappedCodec<S, T>(inner: Codec<S>, mapping: Mapping<S, T>): Codec<T> {
  const { withTag } = inner
  return {
    name: inner.name,
    get identifiers() {
      return inner.identifiers
    },
    read: (reader, identifier, start, end, from) => mapping.decode(inner.read(reader, identifier, start, end, from)),
    write: (writer, value) => inner.write(writer, mapping.encode(value)),
    ...(withTag === undefined ? {} : { withTag: (tag) => mappedCodec(withTag(tag), mapping) }),
  }
}

/** A schema whose values are converted on the way in and out. */
export const mapped = <S, T>(schema: Schema<S>, mapping: Mapping<S, T>): Schema<T> =>
  createSchema(mappedCodec(schema.codec, mapping))

function constrainedCodec<T>(inner: Codec<T>, allows: (value: T) => boolean, expected: string): Codec<T> {
  const { withTag } = inner
  return {
    name: inner.name,
    get identifiers() {
      return inner.identifiers
    },
    read: (reader, identifier, start, end, from) => {
      const value = inner.read(reader, identifier, start, end, from)
      if (!allows(value)) throw fault('value', start, expected, 'another value')
      return value
    },
    write: (writer, value) => {
      inner.write(writer, value)
      if (!allows(value)) throw badValue(expected, 'another value')
    },
    ...(withTag === undefined ? {} : { withTag: (tag) => constrainedCodec(withTag(tag), allows, expected) }),
  }
}

/**
 * A schema with a constraint on its values, checked both ways.
 *
 * @param expected what is allowed, for messages: `'0 or more'`
 */
export const constrained = <T>(schema: Schema<T>, allows: (value: T) => boolean, expected: string): Schema<T> =>
  createSchema(constrainedCodec(schema.codec, allows, expected))
