import { fault, located } from './errors.js'
import {
  accepts,
  checkDefault,
  checkDistinct,
  compileFields,
  type Field,
  type FieldDeclarations,
  type FieldValues,
  writeField,
} from './field.js'
import { enter, type Reader, readHeader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { mark, type Writer, writeHeader } from './writer.js'

type Values = Record<string, unknown>

const nothing = -1

/** Reads the fields in order; every object gets all properties in the same order, so that they share one shape. */
function readFields(fields: readonly Field[], reader: Reader, start: number, end: number): Values {
  const values: Values = {}
  let position = start
  let found: Identifier = nothing
  let contentStart = start
  let contentEnd = start
  let index = 0
  try {
    for (; index < fields.length; index++) {
      const field = fields[index] as Field
      if (found === nothing && position < end) {
        found = readHeader(reader, position, end)
        contentStart = reader.start
        contentEnd = reader.end
      }
      if (found !== nothing && (field.presence === 'required' || accepts(field, found))) {
        values[field.name] =
          field.open === undefined
            ? field.codec.read(reader, found, contentStart, contentEnd, position)
            : field.open.read(values[field.open.selector], reader, found, contentStart, contentEnd, position)
        if (field.fallbackBytes !== undefined) checkDefault(field, reader, position, contentEnd)
        position = contentEnd
        found = nothing
      } else if (field.presence === 'required') throw fault('missing', position, field.codec.name, 'the end')
      else values[field.name] = field.fallback
    }
  } catch (thrown) {
    throw located(thrown, (fields[index] as Field).name)
  }
  if (position < end) throw leftOver(reader, found, position, end)
  return values
}

const leftOver = (reader: Reader, found: Identifier, position: number, end: number) =>
  fault(
    'trailing',
    position,
    'the end of the fields',
    identifierName(found === nothing ? readHeader(reader, position, end) : found),
  )

function writeFields(fields: readonly Field[], writer: Writer, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw badValue('an object', kindOf(value))
  let index = fields.length - 1
  try {
    for (; index >= 0; index--) {
      const field = fields[index] as Field
      writeField(field, writer, value as Values)
    }
  } catch (thrown) {
    throw located(thrown, (fields[index] as Field).name)
  }
}

function sequenceCodec<F extends FieldDeclarations>(
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
    withTag: (tag) => sequenceCodec(tag(true), compiled),
  }
}

/** Fields are compiled at the first use, because a `lazy` field is not there yet at declaration. @internal */
export function compiledOnce(declarations: FieldDeclarations, check: (fields: readonly Field[]) => void) {
  let fields: readonly Field[] | undefined
  return (): readonly Field[] => {
    if (fields !== undefined) return fields
    const compiled = compileFields(declarations)
    check(compiled)
    fields = compiled
    return compiled
  }
}

/**
 * SEQUENCE (X.690 section 8.9): an object with the declared fields. Mark fields with {@link optional} and
 * {@link defaulted}; tag them with {@link explicit} and {@link implicit}.
 */
export function sequence<const F extends FieldDeclarations>(fields: F): Schema<FieldValues<F>> {
  const compiled = compiledOnce(fields, (list) => checkDistinct(list, 'a SEQUENCE'))
  return createSchema(sequenceCodec<F>(universal(16, true), compiled))
}
