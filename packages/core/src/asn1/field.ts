import { equalBytes } from './bytes.js'
import { fault } from './errors.js'
import type { OpenCodec, OpenField } from './open-type.js'
import type { Reader } from './reader.js'
import type { Codec, Schema } from './schema.js'
import { asPrimitive, type Identifier } from './tag.js'
import { type Writer, written } from './writer.js'

/** An OPTIONAL field of a `sequence` or `set`. */
export interface OptionalField<T> {
  readonly presence: 'optional'
  readonly schema: Schema<T>
  /** @internal */
  readonly open?: OpenCodec | undefined
}

/** A field with a DEFAULT value. */
export interface DefaultField<T> {
  readonly presence: 'default'
  readonly schema: Schema<T>
  readonly value: T
}

/** Marks a field OPTIONAL: when absent, the decoded object has it `undefined`. */
export const optional = <T>(field: Schema<T> | OpenField<T>): OptionalField<T> =>
  'open' in field
    ? { presence: 'optional', schema: field.schema, open: field.open }
    : { presence: 'optional', schema: field }

/** Gives a field a DEFAULT: always present in decoded objects, left out of the DER when equal (X.690 section 11.5). */
export const defaulted = <T>(schema: Schema<T>, value: NoInfer<T>): DefaultField<T> => ({
  presence: 'default',
  schema,
  value,
})

/** What the field of a `sequence` or `set` can be. */
export type FieldDeclaration = Schema<unknown> | OptionalField<unknown> | DefaultField<unknown> | OpenField<unknown>

/** Field names in the order of the ASN.1, each with its type. */
export type FieldDeclarations = { readonly [name: string]: FieldDeclaration }

type ValueOf<F> = F extends Schema<infer T> ? T : F extends { readonly schema: Schema<infer T> } ? T : never

type OptionalNames<F> = { [K in keyof F]: F[K] extends OptionalField<unknown> ? K : never }[keyof F]

/** The object type of a `sequence` or `set`. */
export type FieldValues<F> = {
  readonly [K in Exclude<keyof F, OptionalNames<F>>]: ValueOf<F[K]>
} & {
  readonly [K in OptionalNames<F>]?: ValueOf<F[K]> | undefined
} extends infer O
  ? { readonly [K in keyof O]: O[K] }
  : never

/** A field made ready for reading and writing. @internal */
export interface Field {
  readonly name: string
  readonly codec: Codec<unknown>
  readonly presence: 'required' | 'optional' | 'default'
  /** The DEFAULT and its encoding. */
  readonly fallback: unknown
  readonly fallbackBytes: Uint8Array | undefined
  /** Set for an open type. */
  readonly open: OpenCodec | undefined
  /** The only identifier, or -1. */
  readonly identifier: Identifier
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/

/** @internal */
export function compileFields(declarations: FieldDeclarations): readonly Field[] {
  const fields = declaredFields(declarations)
  fields.forEach(({ name, open }, index) => {
    if (open === undefined || fields.slice(0, index).some((before) => before.name === open.selector)) return
    throw fault('schema', undefined, `a field ${open.selector} before ${name}`, 'none')
  })
  return fields
}

function declaredFields(declarations: FieldDeclarations): readonly Field[] {
  return Object.entries(declarations).map(([name, declaration]) => {
    if (!namePattern.test(name)) throw fault('schema', undefined, 'a field name of letters and digits', name)
    const required = 'codec' in declaration
    const { codec } = required ? declaration : declaration.schema
    const presence = required || declaration.presence === 'open' ? 'required' : declaration.presence
    const fallback = !required && declaration.presence === 'default' ? declaration.value : undefined
    return {
      name,
      codec,
      presence,
      fallback,
      open: required || !('open' in declaration) ? undefined : declaration.open,
      fallbackBytes: presence === 'default' ? written((writer) => codec.write(writer, fallback)) : undefined,
      identifier: codec.identifiers?.length === 1 ? (codec.identifiers[0] as Identifier) : -1,
    }
  })
}

/** Whether the element with this identifier belongs to the field. @internal */
export function accepts({ identifier, codec }: Field, found: Identifier): boolean {
  if (identifier !== -1) return identifier === found
  return codec.identifiers === undefined || codec.identifiers.includes(found)
}

/** Refuses a present DEFAULT value, which DER leaves out. @internal */
export function checkDefault(field: Field, reader: Reader, from: number, end: number): void {
  const encoded = field.fallbackBytes
  if (encoded === undefined || reader.ber || encoded.length !== end - from) return
  if (equalBytes(encoded, reader.bytes.subarray(from, end))) {
    throw fault('default', from, 'the DEFAULT value left out', 'it present')
  }
}

/** Writes a field of an object; absent and DEFAULT values write nothing. @internal */
export function writeField(field: Field, writer: Writer, values: Readonly<Record<string, unknown>>): void {
  const value = values[field.name]
  if (value === undefined) {
    if (field.presence === 'required') throw fault('missing', undefined, field.codec.name, 'undefined')
    return
  }
  if (field.open !== undefined) {
    field.open.write(values[field.open.selector], writer, value)
    return
  }
  const { position, buffer } = writer
  const before = buffer.length - position
  field.codec.write(writer, value)
  const encoded = field.fallbackBytes
  if (encoded === undefined || writer.buffer.length - writer.position - before !== encoded.length) return
  const end = writer.position + encoded.length
  if (equalBytes(encoded, writer.buffer.subarray(writer.position, end))) writer.position = end
}

/** Fields that can begin with the same identifier cannot be told apart (X.680 section 25.6). @internal */
export function checkDistinct(fields: readonly Field[], name: string): void {
  const seen = new Map<Identifier, string>()
  for (const field of fields) {
    if (field.presence === 'required') {
      checkAgainst(seen, field, name)
      seen.clear()
    } else {
      checkAgainst(seen, field, name)
      for (const identifier of field.codec.identifiers ?? []) seen.set(asPrimitive(identifier), field.name)
    }
  }
}

function checkAgainst(seen: ReadonlyMap<Identifier, string>, field: Field, name: string): void {
  if (field.codec.identifiers === undefined && seen.size > 0) return
  for (const identifier of field.codec.identifiers ?? []) {
    const other = seen.get(asPrimitive(identifier))
    if (other === undefined || other === field.name) continue
    throw fault('schema', undefined, `distinct tags in ${name}`, `the same for ${other} and ${field.name}`)
  }
}
