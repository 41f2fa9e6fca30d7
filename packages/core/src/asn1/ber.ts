import { fault } from './errors.js'
import type { DecodeOptions } from './limits.js'
import { createReader, enter, type Reader, readHeader } from './reader.js'
import { constructedBit, type Identifier } from './tag.js'
import { writeHeader, written } from './writer.js'

/**
 * Octets of an element, or of several, in the order of the output: ranges of the input and new headers. Ranges that
 * need no change are never taken apart.
 */
interface Output {
  readonly pieces: Uint8Array[]
  length: number
  changed: boolean
}

/**
 * BER with every indefinite length (X.690 section 8.1.3.6) made definite; other octets stay as they are, so that
 * signed parts inside keep theirs. The input itself when there is nothing to change.
 *
 * @internal
 */
export function definiteLengths(bytes: Uint8Array, options: DecodeOptions): Uint8Array {
  const reader = createReader(bytes, options)
  const output: Output = { pieces: [], length: 0, changed: false }
  const next = element(reader, 0, bytes.length, output)
  if (!output.changed) return bytes
  if (next < bytes.length) throw fault('trailing', next, 'the end of the input', `${bytes.length - next} more octets`)
  const result = new Uint8Array(output.length)
  let offset = 0
  for (const piece of output.pieces) {
    result.set(piece, offset)
    offset += piece.length
  }
  return result
}

/** Appends the element at `offset` to the output and returns the offset after it. */
function element(reader: Reader, offset: number, end: number, output: Output): number {
  const lengthAt = lengthOffset(reader, offset, end)
  if (reader.bytes[lengthAt] === 0x80) return indefinite(reader, offset, lengthAt, end, output)
  readHeader(reader, offset, end)
  const { start, end: contentEnd } = reader
  if (((reader.bytes[offset] as number) & constructedBit) === 0) {
    append(output, reader.bytes.subarray(offset, contentEnd))
    return contentEnd
  }
  enter(reader, offset)
  const content: Output = { pieces: [], length: 0, changed: false }
  for (let position = start; position < contentEnd; ) position = element(reader, position, contentEnd, content)
  reader.depth--
  if (content.changed) wrap(output, reader.bytes.subarray(offset, lengthAt), content)
  else append(output, reader.bytes.subarray(offset, contentEnd))
  return contentEnd
}

function indefinite(reader: Reader, offset: number, lengthAt: number, end: number, output: Output): number {
  const { bytes } = reader
  if (((bytes[offset] as number) & constructedBit) === 0) {
    throw fault('length', lengthAt, 'a definite length of a primitive', 'an indefinite length')
  }
  if (--reader.elements < 0) throw fault('limit', offset, 'fewer elements', 'more than maxElements allows')
  enter(reader, offset)
  const content: Output = { pieces: [], length: 0, changed: false }
  let position = lengthAt + 1
  while (!(bytes[position] === 0 && bytes[position + 1] === 0 && position + 2 <= end)) {
    position = element(reader, position, end, content)
  }
  reader.depth--
  wrap(output, bytes.subarray(offset, lengthAt), content)
  return position + 2
}

/** The offset of the first length octet. */
function lengthOffset({ bytes }: Reader, offset: number, end: number): number {
  let position = offset + 1
  if (((bytes[offset] ?? 0) & 0x1f) === 0x1f) {
    while (position < end && (bytes[position] as number) >= 0x80) position++
    position++
  }
  if (position >= end) throw fault('truncated', offset, 'a tag and a length', 'the end of the octets')
  return position
}

function append(output: Output, piece: Uint8Array): void {
  output.pieces.push(piece)
  output.length += piece.length
}

function wrap(output: Output, tag: Uint8Array, content: Output): void {
  const length = written((writer) => writeHeader(writer, 1 as Identifier, content.length)).subarray(1)
  append(output, tag)
  append(output, length)
  for (const piece of content.pieces) output.pieces.push(piece)
  output.length += content.length
  output.changed = true
}
