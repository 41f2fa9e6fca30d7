import { located } from './errors.js'
import { any } from './primitive.js'
import type { Reader } from './reader.js'
import { badValue, type Infer, kindOf, type Schema } from './schema.js'
import type { Identifier } from './tag.js'
import type { Writer } from './writer.js'

/** The types that an open type can be, by the value of the field that says which. */
export type OpenTypes = { readonly [selector: string]: Schema<unknown> }

/**
 * The value of an open type: `type` is the selector when the registry knows it; otherwise it is `undefined` and `value`
 * is the whole element.
 */
export type OpenValue<R> =
  | { [K in keyof R & string]: { readonly type: K; readonly value: Infer<R[K]> } }[keyof R & string]
  | { readonly type: undefined; readonly value: Uint8Array }

/** How a sequence reads and writes an open type, given the value of its selector. @internal */
export interface OpenCodec {
  readonly selector: string
  read(type: unknown, reader: Reader, identifier: Identifier, start: number, end: number, from: number): unknown
  write(type: unknown, writer: Writer, value: unknown): void
}

/** A field whose type another field names. */
export interface OpenField<T> {
  readonly presence: 'open'
  readonly schema: Schema<T>
  /** @internal */
  readonly open: OpenCodec
}

/**
 * A field of open type (`ANY DEFINED BY`, X.681): which type it has is in a field before it, and the types are looked up
 * in the registry given, which is an argument and never global. What the registry does not know stays as it is.
 *
 * @param selector the name of a field of the same sequence, before this one, whose value is a text, such as an OID, or a
 * number, which the registry has in decimal digits
 * @param within what is around the type: a tag, or the string that contains it
 * @example
 * ```ts
 * import { explicit, objectIdentifier, octetString, openType, sequence, setOf, utf8String } from '@certwright/core/asn1'
 *
 * const Attribute = sequence({
 *   type: objectIdentifier,
 *   values: openType('type', { '1.2.840.113549.1.9.7': setOf(utf8String) }),
 * })
 *
 * const ContentInfo = sequence({
 *   contentType: objectIdentifier,
 *   content: openType('contentType', { '1.2.840.113549.1.7.1': octetString }, (type) => explicit(0, type)),
 * })
 * ```
 */
export function openType<const R extends OpenTypes>(
  selector: string,
  types: R,
  within: <T>(type: Schema<T>) => Schema<T> = (type) => type,
): OpenField<OpenValue<R>> {
  const codecs = new Map(Object.entries(types).map(([type, schema]) => [type, within(schema).codec]))
  const unknown = within(any)
  const open: OpenCodec = {
    selector,
    read: (type, reader, identifier, start, end, from) => {
      const key = keyOf(type)
      const codec = key === undefined ? undefined : codecs.get(key)
      if (codec === undefined) {
        return { type: undefined, value: unknown.codec.read(reader, identifier, start, end, from) }
      }
      try {
        return { type: key, value: codec.read(reader, identifier, start, end, from) }
      } catch (thrown) {
        throw located(thrown, `${key}`)
      }
    },
    write: (type, writer, given) => {
      if (typeof given !== 'object' || given === null) throw badValue('an open value { type, value }', kindOf(given))
      const { type: own, value } = given as { readonly type?: unknown; readonly value?: unknown }
      if (own === undefined) {
        unknown.codec.write(writer, value as Uint8Array)
        return
      }
      const codec = own === keyOf(type) ? codecs.get(`${own}`) : undefined
      if (codec === undefined) throw badValue(`the type that ${selector} names`, 'another type')
      codec.write(writer, value)
    },
  }
  // The schema only carries the type of the values; the sequence goes through `open`.
  return { presence: 'open', schema: unknown as Schema<unknown> as Schema<OpenValue<R>>, open }
}

/** The key of the registry that the value of a selector is. */
const keyOf = (selected: unknown): string | undefined =>
  typeof selected === 'string' || typeof selected === 'number' || typeof selected === 'bigint'
    ? `${selected}`
    : undefined
