import { fault } from './errors.js'
import type { Reader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { type Writer, writeBytes, writeHeader } from './writer.js'

const special: ReadonlyMap<number, number> = new Map([
  [0x40, Number.POSITIVE_INFINITY],
  [0x41, Number.NEGATIVE_INFINITY],
  [0x42, Number.NaN],
  [0x43, -0],
])

/** Binary form of X.690 section 11.3.1: sign, exponent of 2, odd mantissa, both as short as can be. */
function readReal({ bytes }: Reader, start: number, end: number): number {
  if (end === start) return 0
  const first = bytes[start] as number
  const named = special.get(first)
  if (named !== undefined && end - start === 1) return named
  const exponentOctets = (first & 0x03) + 1
  if ((first & 0xbc) !== 0x80 || exponentOctets > 2)
    throw fault('value', start, 'the binary form with base 2', 'another form')
  const mantissaAt = start + 1 + exponentOctets
  if (mantissaAt >= end) throw fault('value', start, 'a mantissa', 'none')
  if (end - mantissaAt > 7) throw fault('limit', mantissaAt, 'a mantissa of at most 53 bits', 'a longer one')
  let exponent = ((bytes[start + 1] as number) << 24) >> 24
  if (exponentOctets === 2) {
    const low = bytes[start + 2] as number
    if (exponent === (low << 24) >> 31) throw fault('non-minimal', start + 1, 'the shortest exponent', 'a longer one')
    exponent = exponent * 256 + low
  }
  let mantissa = 0
  for (let index = mantissaAt; index < end; index++) mantissa = mantissa * 256 + (bytes[index] as number)
  if (bytes[mantissaAt] === 0 || ((bytes[end - 1] as number) & 1) === 0)
    throw fault('non-minimal', mantissaAt, 'an odd mantissa', 'another')
  // In two steps, because 2 ** exponent alone leaves the range of numbers before the product does.
  const value = mantissa * 2 ** Math.ceil(exponent / 2) * 2 ** Math.floor(exponent / 2)
  if (
    mantissa > Number.MAX_SAFE_INTEGER ||
    value === 0 ||
    !Number.isFinite(value) ||
    !holds(value, mantissa, exponent)
  ) {
    throw fault('limit', start, 'a number of double precision', 'another')
  }
  return (first & 0x40) === 0 ? value : -value
}

/** Whether a subnormal result lost bits of the mantissa. */
function holds(value: number, mantissa: number, exponent: number): boolean {
  const parts = partsOf(value)
  return parts.mantissa === BigInt(mantissa) && parts.exponent === exponent
}

/** A positive number as an odd mantissa and an exponent of 2. */
function partsOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const raw = bits.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  let mantissa = (raw & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n)
  let exponent = Math.max(biased, 1) - 1075
  for (; (mantissa & 1n) === 0n; mantissa >>= 1n) exponent++
  return { mantissa, exponent }
}

function contentOf(value: number): Uint8Array {
  if (Object.is(value, 0)) return new Uint8Array()
  for (const [octet, named] of special) if (Object.is(value, named)) return Uint8Array.of(octet)
  const { mantissa, exponent } = partsOf(Math.abs(value))
  const digits = mantissa.toString(16)
  const octets = (digits.length % 2 === 0 ? digits : `0${digits}`).match(/../g) ?? []
  const short = exponent >= -128 && exponent <= 127
  const first = 0x80 | (value < 0 ? 0x40 : 0) | (short ? 0 : 1)
  const exponentOctets = short ? [exponent & 0xff] : [(exponent >> 8) & 0xff, exponent & 0xff]
  return Uint8Array.from([first, ...exponentOctets, ...octets.map((pair) => Number.parseInt(pair, 16))])
}

function realCodec(identifier: Identifier): Codec<number> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      return readReal(reader, start, end)
    },
    write: (writer: Writer, value) => {
      if (typeof value !== 'number') throw badValue('a number', kindOf(value))
      const content = contentOf(value)
      writeBytes(writer, content)
      writeHeader(writer, identifier, content.length)
    },
    withTag: (tag) => realCodec(tag(false)),
  }
}

/**
 * REAL (X.690 sections 8.5 and 11.3) in the binary form of DER: a `number`. Numbers that double precision cannot hold
 * exactly, and the decimal forms, are refused.
 */
export const real: Schema<number> = createSchema(realCodec(universal(9)))
