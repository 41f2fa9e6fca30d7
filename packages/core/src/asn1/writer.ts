import { fault } from './errors.js'
import type { Identifier } from './tag.js'

/** Octets are written from the end of `buffer` towards its start, so that a length is known when its header is due. @internal */
export interface Writer {
  buffer: Uint8Array
  /** Index of the first octet written so far. */
  position: number
  /** Open recursive elements. */
  depth: number
}

const initialSize = 4096
const keptSize = 65_536

/** Recursion happens only through `lazy`; a value deeper than this is a cycle or an attack. */
const maxWriteDepth = 256

let spare: Uint8Array | undefined

/** Runs `write` with a writer and returns a copy of what it wrote. @internal */
export function written(write: (writer: Writer) => void): Uint8Array {
  const buffer = spare ?? new Uint8Array(initialSize)
  spare = undefined // a nested encode, from a mapping function, gets its own buffer
  const writer: Writer = { buffer, position: buffer.length, depth: 0 }
  try {
    write(writer)
    return writer.buffer.slice(writer.position)
  } finally {
    // What was written may be a private key: it does not stay in the buffer.
    writer.buffer.fill(0, writer.position)
    if (writer.buffer.length <= keptSize) spare = writer.buffer
  }
}

/** Makes room for `count` octets and moves `position` to their start. @internal */
export function reserve(writer: Writer, count: number): number {
  if (count > writer.position) grow(writer, count)
  writer.position -= count
  return writer.position
}

function grow(writer: Writer, count: number): void {
  const { buffer, position } = writer
  const used = buffer.length - position
  const larger = new Uint8Array(Math.max(2 * buffer.length, used + count + initialSize))
  larger.set(buffer.subarray(position), larger.length - used)
  buffer.fill(0, position)
  writer.buffer = larger
  writer.position = larger.length - used
}

/** @internal */
export function writeBytes(writer: Writer, bytes: Uint8Array): void {
  const { length } = bytes
  const position = reserve(writer, length)
  if (length > 32) writer.buffer.set(bytes, position)
  else for (let index = 0; index < length; index++) writer.buffer[position + index] = bytes[index] as number
}

/** @internal */
export function writeOctet(writer: Writer, octet: number): void {
  if (writer.position === 0) grow(writer, 1)
  writer.buffer[--writer.position] = octet
}

/** Writes identifier and length of an element whose content ends at index `end` from the buffer's end. @internal */
export function writeHeader(writer: Writer, identifier: Identifier, contentLength: number): void {
  let length = contentLength
  if (length < 0x80) writeOctet(writer, length)
  else {
    if (length > 0xffffffff) throw fault('limit', undefined, 'less than 4 GiB', `${length} octets`)
    let count = 0
    for (; length > 0; length = Math.floor(length / 256), count++) writeOctet(writer, length & 0xff)
    writeOctet(writer, 0x80 | count)
  }
  if (identifier < 256) writeOctet(writer, identifier)
  else writeLongTag(writer, identifier)
}

function writeLongTag(writer: Writer, identifier: Identifier): void {
  let number = Math.floor(identifier / 256)
  writeOctet(writer, number & 0x7f)
  for (number >>= 7; number > 0; number >>= 7) writeOctet(writer, 0x80 | (number & 0x7f))
  writeOctet(writer, identifier & 0xff)
}

/** How much has been written; the difference of two marks is the length of what lies between. @internal */
export const mark = (writer: Writer): number => writer.buffer.length - writer.position

/** @internal */
export function enterWrite(writer: Writer): void {
  if (++writer.depth > maxWriteDepth) {
    throw fault('limit', undefined, `at most ${maxWriteDepth} nested elements`, 'a deeper value')
  }
}
