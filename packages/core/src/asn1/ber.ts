import { fault } from './errors.js'
import type { DecodeOptions } from './limits.js'
import { createReader, enter, type Reader, readHeader } from './reader.js'
import { isConstructed } from './tag.js'

/** What the first pass finds out: the new length of each constructed element, in the order of their headers. */
interface Plan {
  /** Of the new content; `unchanged` for an element that stays as it is, whose inner elements are not listed. */
  readonly lengths: number[]
  /** Octets of output for what has been read so far. */
  size: number
  /** Indefinite lengths read so far. */
  indefinite: number
}

/** The second pass: writes the output from its start. */
interface Copy {
  readonly reader: Reader
  readonly lengths: readonly number[]
  readonly output: Uint8Array
  /** Index of the next element in `lengths`. */
  next: number
  /** Index of the next octet in `output`. */
  position: number
}

const unchanged = -1

/**
 * BER with every indefinite length (X.690 section 8.1.3.6) made definite; other octets stay as they are, so that
 * signed parts inside keep theirs. The input itself when there is nothing to change. Two passes, so that neither work
 * nor memory grows with the depth.
 *
 * @internal
 */
export function definiteLengths(bytes: Uint8Array, options: DecodeOptions): Uint8Array {
  const plan: Plan = { lengths: [], size: 0, indefinite: 0 }
  const next = measure(createReader(bytes, options), 0, bytes.length, plan)
  if (next < bytes.length) throw fault('trailing', next, 'the end of the input', `${bytes.length - next} more octets`)
  if (plan.indefinite === 0) return bytes
  const reader = createReader(bytes, { ...options, maxElements: Number.MAX_SAFE_INTEGER })
  const copy: Copy = { reader, lengths: plan.lengths, output: new Uint8Array(plan.size), next: 0, position: 0 }
  copyElement(copy, 0, bytes.length)
  return copy.output
}

/** Adds the element at `offset` to the plan and returns the offset after it. */
function measure(reader: Reader, offset: number, end: number, plan: Plan): number {
  const lengthAt = lengthOffset(reader, offset, end)
  const constructed = isConstructed(reader.bytes[offset] as number)
  const isIndefinite = reader.bytes[lengthAt] === 0x80
  if (isIndefinite) {
    if (!constructed) throw fault('length', lengthAt, 'a definite length of a primitive', 'an indefinite length')
    if (--reader.elements < 0) throw fault('limit', offset, 'fewer elements', 'more than maxElements allows')
    plan.indefinite++
  } else readHeader(reader, offset, end)
  const { start, end: contentEnd } = reader
  if (!constructed) {
    plan.size += contentEnd - offset
    return contentEnd
  }
  const { size, indefinite } = plan
  const index = plan.lengths.push(unchanged) - 1
  enter(reader, offset)
  const next = isIndefinite
    ? measureIndefinite(reader, lengthAt + 1, end, plan)
    : measureDefinite(reader, start, contentEnd, plan)
  reader.depth--
  if (!isIndefinite && plan.indefinite === indefinite) {
    plan.lengths.length = index + 1
    plan.size = size + contentEnd - offset
    return next
  }
  const length = plan.size - size
  plan.lengths[index] = length
  plan.size += lengthAt - offset + lengthOctets(length)
  return next
}

function measureDefinite(reader: Reader, start: number, end: number, plan: Plan): number {
  for (let position = start; position < end; ) position = measure(reader, position, end, plan)
  return end
}

function measureIndefinite(reader: Reader, start: number, end: number, plan: Plan): number {
  let position = start
  while (!isEndOfContents(reader, position, end)) position = measure(reader, position, end, plan)
  return position + 2
}

/** End-of-contents is two zero octets; tag 0 has no other use. */
const isEndOfContents = ({ bytes }: Reader, position: number, end: number): boolean =>
  position + 2 <= end && bytes[position] === 0 && bytes[position + 1] === 0

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

/** Copies the element at `offset`, which has been measured, and returns the offset after it. */
function copyElement(copy: Copy, offset: number, end: number): number {
  const { reader, lengths } = copy
  const lengthAt = lengthOffset(reader, offset, end)
  const isIndefinite = reader.bytes[lengthAt] === 0x80
  if (!isIndefinite) readHeader(reader, offset, end)
  const { start, end: contentEnd } = reader
  const length = isConstructed(reader.bytes[offset] as number) ? (lengths[copy.next++] as number) : unchanged
  if (length === unchanged) {
    copyOctets(copy, offset, contentEnd)
    return contentEnd
  }
  copyOctets(copy, offset, lengthAt)
  writeLength(copy, length)
  if (!isIndefinite) {
    for (let position = start; position < contentEnd; ) position = copyElement(copy, position, contentEnd)
    return contentEnd
  }
  let position = lengthAt + 1
  while (!isEndOfContents(reader, position, end)) position = copyElement(copy, position, end)
  return position + 2
}

function copyOctets(copy: Copy, from: number, to: number): void {
  const { output, reader } = copy
  if (to - from > 32) output.set(reader.bytes.subarray(from, to), copy.position)
  else for (let index = from; index < to; index++) output[copy.position + index - from] = reader.bytes[index] as number
  copy.position += to - from
}

const lengthOctets = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5

function writeLength(copy: Copy, length: number): void {
  const { output } = copy
  const count = lengthOctets(length) - 1
  output[copy.position++] = count === 0 ? length : 0x80 | count
  for (let shift = count - 1; shift >= 0; shift--) output[copy.position++] = Math.floor(length / 256 ** shift) & 0xff
}
