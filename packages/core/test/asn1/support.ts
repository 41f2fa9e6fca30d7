import { Asn1Error, type Asn1ErrorKind, type DecodeOptions, fromHex, type Schema } from '@certwright/core/asn1'
import { expect } from 'vitest'

/** Hexadecimal with spaces for reading. */
export const hex = (text: string): Uint8Array => fromHex(text.replaceAll(/\s/g, ''))

/** Runs what must fail and returns its error, which has to be an Asn1Error. */
export function errorOf(run: () => unknown): Asn1Error {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(Asn1Error)
    return error as Asn1Error
  }
  throw new Error('expected an Asn1Error, and nothing was thrown')
}

/** One row of a table of malformed input. */
export interface Malformed {
  readonly what: string
  readonly schema: Schema<unknown>
  readonly der: string
  readonly kind: Asn1ErrorKind
  readonly offset: number
  readonly path?: readonly string[]
}

/** The DER of an element with a tag octet and content of any length. */
export function tlv(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  const header = length < 128 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]
  const der = new Uint8Array(header.length + length)
  der.set(header)
  let offset = header.length
  for (const part of content) {
    der.set(part, offset)
    offset += part.length
  }
  return der
}

/** Decodes and reports the facts of the failure, for comparison in one assertion. */
export function failure(schema: Schema<unknown>, bytes: Uint8Array, options?: DecodeOptions) {
  const { kind, offset, path } = errorOf(() => schema.decode(bytes, options))
  return { kind, offset, path }
}
