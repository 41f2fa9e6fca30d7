import { fault } from './errors.js'
import type { DecodeOptions } from './limits.js'
import { createReader, enter, type Reader, readHeader } from './reader.js'
import { constructedBit } from './tag.js'
import { writeHeader, written } from './writer.js'

/** A stretch of the input that stays as it is. */
interface Range {
  readonly from: number
  to: number
}

/** The octets to write: stretches of the input and new headers. */
interface Output {
  readonly pieces: (Range | Uint8Array)[]
  length: number
  /** Whether anything differs from the input. */
  changed: boolean
}

const emptyOutput = (): Output => ({ pieces: [], length: 0, changed: false })

/**
 * BER with every indefinite length (X.690 section 8.1.3.6) made definite; other octets stay as they are, so that
 * signed parts inside keep theirs. The input itself when there is nothing to change.
 *
 * @internal
 */
export function definiteLengths(bytes: Uint8Array, options: DecodeOptions): Uint8Array {
  const reader = createReader(bytes, options)
  const output = emptyOutput()
  const next = copyElement(reader, 0, bytes.length, output)
  if (next < bytes.length) throw fault('trailing', next, 'the end of the input', `${bytes.length - next} more octets`)
  if (!output.changed) return bytes
  const result = new Uint8Array(output.length)
  let offset = 0
  for (const piece of output.pieces) {
    const octets = piece instanceof Uint8Array ? piece : bytes.subarray(piece.from, piece.to)
    result.set(octets, offset)
    offset += octets.length
  }
  return result
}

/** Appends the element at `offset` to the output and returns the offset after it. */
function copyElement(reader: Reader, offset: number, end: number, output: Output): number {
  const lengthAt = lengthOffset(reader, offset, end)
  const constructed = ((reader.bytes[offset] as number) & constructedBit) !== 0
  if (reader.bytes[lengthAt] === 0x80) {
    if (constructed) return copyIndefinite(reader, offset, lengthAt, end, output)
    throw fault('length', lengthAt, 'a definite length of a primitive', 'an indefinite length')
  }
  readHeader(reader, offset, end)
  const { start, end: contentEnd } = reader
  if (!constructed) {
    appendRange(output, offset, contentEnd)
    return contentEnd
  }
  enter(reader, offset)
  const content = emptyOutput()
  for (let position = start; position < contentEnd; ) position = copyElement(reader, position, contentEnd, content)
  reader.depth--
  if (content.changed) wrap(output, offset, lengthAt, content)
  else appendRange(output, offset, contentEnd)
  return contentEnd
}

function copyIndefinite(reader: Reader, offset: number, lengthAt: number, end: number, output: Output): number {
  const { bytes } = reader
  if (--reader.elements < 0) throw fault('limit', offset, 'fewer elements', 'more than maxElements allows')
  enter(reader, offset)
  const content = emptyOutput()
  let position = lengthAt + 1
  // End-of-contents is two zero octets; tag 0 has no other use.
  while (position + 2 > end || bytes[position] !== 0 || bytes[position + 1] !== 0) {
    position = copyElement(reader, position, end, content)
  }
  reader.depth--
  wrap(output, offset, lengthAt, content)
  return position + 2
}

/** The offset of the first length octet. */
function lengthOffset({ bytes }: Reader, offset: number, end: number): number {
  let position = offset + 1
  if (((bytes[offset] ?? 0) & 0x1f) === 0x1f) {
    while (position < end && (bytes[position] as number) >= 0x80) position++
    position++
  }
  if (position >= end) {
    throw fault(end < bytes.length ? 'overrun' : 'truncated', offset, 'a tag and a length', 'the end of the octets')
  }
  return position
}

function appendRange(output: Output, from: number, to: number): void {
  output.length += to - from
  const last = output.pieces.at(-1)
  if (last !== undefined && !(last instanceof Uint8Array) && last.to === from) last.to = to
  else output.pieces.push({ from, to })
}

/** Appends the element whose tag is at `from`..`lengthAt`, with a length that fits the new content. */
function wrap(output: Output, from: number, lengthAt: number, content: Output): void {
  appendRange(output, from, lengthAt)
  const length = written((writer) => writeHeader(writer, 0, content.length)).subarray(1)
  output.pieces.push(length)
  output.length += length.length + content.length
  for (const piece of content.pieces) output.pieces.push(piece)
  output.changed = true
}
