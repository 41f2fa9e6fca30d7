import { definiteLengths } from './ber.js'
import { fault, toAsn1Error } from './errors.js'
import { type DecodeOptions, defaultLimits } from './limits.js'
import { createReader, type Reader, readHeader } from './reader.js'
import { type Identifier, identifierName } from './tag.js'
import { type Writer, written } from './writer.js'

/**
 * One ASN.1 type: reads and writes its values. Made by the combinators of this module; a declaration reads like the
 * ASN.1 of the RFC, and {@link Infer} gives the type of its values.
 *
 * @example
 * ```ts
 * import { type Infer, objectIdentifier, octetString, sequence } from '@certwright/core/asn1'
 *
 * const OtherHash = sequence({ algorithm: objectIdentifier, digest: octetString })
 * type OtherHash = Infer<typeof OtherHash>
 *
 * const der = OtherHash.encode({ algorithm: '2.16.840.1.101.3.4.2.1', digest: new Uint8Array(32) })
 * OtherHash.decode(der).algorithm // '2.16.840.1.101.3.4.2.1'
 * ```
 */
export interface Schema<T> {
  /**
   * Reads exactly one value that fills the whole input. Byte strings of the result are views of `bytes`.
   *
   * @throws Asn1Error when the bytes are not the DER of this type or exceed a limit.
   */
  decode(bytes: Uint8Array, options?: DecodeOptions): T
  /**
   * The DER of a value.
   *
   * @throws Asn1Error (without offset) when the type cannot hold the value.
   */
  encode(value: T): Uint8Array
  /** @internal */
  readonly codec: Codec<T>
}

/** The type of the values of a schema. */
export type Infer<S> = S extends Schema<infer T> ? T : never

/** How a schema works inside. Codecs are closures over their declaration; they keep no state between calls. @internal */
export interface Codec<T> {
  /** The type's name in messages. */
  readonly name: string
  /** The identifiers with which a value can begin; `undefined` for any. */
  readonly identifiers: readonly Identifier[] | undefined
  /** Reads the element whose header, at `from`, has been read: its identifier and the bounds of its content. */
  read(reader: Reader, identifier: Identifier, start: number, end: number, from: number): T
  /** Writes the whole element before what has been written. */
  write(writer: Writer, value: T): void
  /** The same type under another tag; absent where a tag cannot be replaced (CHOICE, ANY). */
  withTag?(tag: (constructed: boolean) => Identifier): Codec<T>
}

/** @internal */
export function createSchema<T>(codec: Codec<T>): Schema<T> {
  return {
    decode: (bytes, options = {}) => decodeWith(codec, bytes, options),
    encode: (value) => {
      try {
        return written((writer) => codec.write(writer, value))
      } catch (thrown) {
        throw toAsn1Error(thrown)
      }
    },
    codec,
  }
}

function decodeWith<T>(codec: Codec<T>, bytes: Uint8Array, options: DecodeOptions): T {
  try {
    const input = checkedInput(bytes, options)
    const reader = createReader(input, options)
    const identifier = readHeader(reader, 0, input.length)
    const { start, end } = reader
    if (end !== input.length) throw fault('trailing', end, 'the end of the input', `${input.length - end} more octets`)
    return codec.read(reader, identifier, start, end, 0)
  } catch (thrown) {
    throw toAsn1Error(thrown)
  }
}

function checkedInput(bytes: Uint8Array, options: DecodeOptions): Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw fault('value', 0, 'a Uint8Array', typeof bytes)
  const maxSize = options.maxSize ?? defaultLimits.maxSize
  if (bytes.length > maxSize) throw fault('limit', 0, `at most ${maxSize} octets`, `${bytes.length}`)
  return options.encoding === 'ber' ? definiteLengths(bytes, options) : bytes
}

/** A view of part of the input; never a Buffer, even of one. @internal */
export const view = ({ bytes }: Reader, start: number, end: number): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)

/** @internal */
export const unexpectedTag = (name: string, identifier: Identifier, from: number) =>
  fault('tag', from, name, identifierName(identifier))

/** The fault of a value that a type cannot hold. @internal */
export const badValue = (expected: string, actual: string) => fault('value', undefined, expected, actual)

/** Names the kind of a value in messages, without its content. @internal */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Uint8Array) return 'a Uint8Array'
  return value instanceof Date ? 'a Date' : typeof value
}
