import { toHex } from './bytes.js'
import { fault } from './errors.js'
import type { Reader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag, view } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { reserve, type Writer, writeBytes, writeHeader } from './writer.js'

/** How the content octets of an INTEGER become a value and back. @internal */
export interface IntegerForm<T> {
  read(reader: Reader, start: number, end: number): T
  /** Writes the content octets. */
  write(writer: Writer, value: T): number
}

/** @internal */
export function integerCodec<T>(identifier: Identifier, form: IntegerForm<T>): Codec<T> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      if (end === start) throw fault('value', start, 'at least one octet', 'none')
      if (end - start > 1 && hasSpareOctet(reader.bytes, start)) {
        throw fault('non-minimal', start, 'the shortest form of an integer', 'a leading octet too many')
      }
      return form.read(reader, start, end)
    },
    write: (writer, value) => writeHeader(writer, identifier, form.write(writer, value)),
    withTag: (tag) => integerCodec(tag(false), form),
  }
}

/** Whether the first nine bits are equal (X.690 section 8.3.2). */
function hasSpareOctet(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start] as number
  const second = bytes[start + 1] as number
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)
}

/** @internal */
export const numberForm: IntegerForm<number> = {
  read: ({ bytes }, start, end) => {
    if (end - start > 7) throw fault('limit', start, 'an integer of at most 53 bits', `${end - start} octets`)
    let value = bytes[start] as number
    if (value >= 0x80) value -= 0x100
    for (let index = start + 1; index < end; index++) value = value * 256 + (bytes[index] as number)
    if (!Number.isSafeInteger(value)) throw fault('limit', start, 'an integer of at most 53 bits', 'a larger one')
    return value
  },
  write: (writer, value) => {
    if (!Number.isSafeInteger(value))
      throw badValue('a safe integer', typeof value === 'number' ? `${value}` : kindOf(value))
    const before = writer.buffer.length - writer.position
    let rest = value
    for (;;) {
      const octet = ((rest % 256) + 256) % 256
      const position = reserve(writer, 1)
      writer.buffer[position] = octet
      rest = Math.floor(rest / 256)
      if ((rest === 0 && octet < 0x80) || (rest === -1 && octet >= 0x80)) break
    }
    return writer.buffer.length - writer.position - before
  },
}

const bigintForm: IntegerForm<bigint> = {
  read: (reader, start, end) => {
    if (end - start <= 6) return BigInt(numberForm.read(reader, start, end))
    const value = BigInt(`0x${toHex(view(reader, start, end))}`)
    return (reader.bytes[start] as number) < 0x80 ? value : BigInt.asIntN((end - start) * 8, value)
  },
  write: (writer, value) => {
    if (typeof value !== 'bigint') throw badValue('a bigint', kindOf(value))
    const digits = (value < 0n ? -value - 1n : value).toString(16)
    const count = (digits.length >> 1) + 1
    // Complement by digits: two's complement of a negative number inverts every bit of (-value - 1).
    const flip = value < 0n ? 0xff : 0
    const position = reserve(writer, count)
    const padded = digits.padStart(2 * count, '0')
    for (let index = 0; index < count; index++) {
      writer.buffer[position + index] = Number.parseInt(padded.slice(2 * index, 2 * index + 2), 16) ^ flip
    }
    if (count === 1 || !hasSpareOctet(writer.buffer, position)) return count
    writer.position++
    return count - 1
  },
}

const bytesForm: IntegerForm<Uint8Array> = {
  read: view,
  write: (writer, value) => {
    if (!(value instanceof Uint8Array)) throw badValue('a Uint8Array', kindOf(value))
    if (value.length === 0) throw badValue('at least one octet', 'none')
    if (value.length > 1 && hasSpareOctet(value, 0))
      throw badValue("minimal two's complement octets", 'a spare leading octet')
    writeBytes(writer, value)
    return value.length
  },
}

const universalInteger = universal(2)

/** INTEGER of any size (X.690 section 8.3): a `bigint`. */
export const integer: Schema<bigint> = createSchema(integerCodec(universalInteger, bigintForm))

/** INTEGER that fits a JavaScript number exactly (at most 53 bits); a larger one is refused. */
export const smallInteger: Schema<number> = createSchema(integerCodec(universalInteger, numberForm))

/**
 * INTEGER as its content octets: two's complement, most significant first, without a spare leading octet. For serial
 * numbers and other integers that are names.
 */
export const integerBytes: Schema<Uint8Array> = createSchema(integerCodec(universalInteger, bytesForm))
