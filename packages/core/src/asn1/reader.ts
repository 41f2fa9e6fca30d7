import { fault } from './errors.js'
import { type DecodeOptions, defaultLimits } from './limits.js'
import type { Identifier } from './tag.js'

/** The state of one decode: the input, what is left of its budgets, and the content bounds of the last header. @internal */
export interface Reader {
  readonly bytes: Uint8Array
  readonly ber: boolean
  readonly maxDepth: number
  readonly maxObjectIdentifier: number
  /** Open constructed elements. */
  depth: number
  /** Elements that may still be read. */
  elements: number
  /** Bounds of the content of the element whose header was read last. */
  start: number
  end: number
}

/** @internal */
export function createReader(bytes: Uint8Array, options: DecodeOptions): Reader {
  return {
    bytes,
    ber: options.encoding === 'ber',
    maxDepth: options.maxDepth ?? defaultLimits.maxDepth,
    maxObjectIdentifier: options.maxObjectIdentifier ?? defaultLimits.maxObjectIdentifier,
    depth: 0,
    elements: options.maxElements ?? defaultLimits.maxElements,
    start: 0,
    end: 0,
  }
}

/** A reader of other bytes that spends the same budgets; `leave` gives them back to `reader`. @internal */
export const nestedReader = (reader: Reader, bytes: Uint8Array): Reader => ({ ...reader, bytes })

/** @internal */
export function enter(reader: Reader, offset: number): void {
  if (++reader.depth > reader.maxDepth) {
    throw fault('limit', offset, `at most ${reader.maxDepth} nested elements`, 'a deeper one')
  }
}

/**
 * Reads identifier and length at `offset`, checks that the content lies before `end`, and leaves its bounds in
 * `reader.start` and `reader.end`.
 *
 * @internal
 */
export function readHeader(reader: Reader, offset: number, end: number): Identifier {
  const { bytes } = reader
  if (end - offset < 2) throw shortHeader(reader, offset, end)
  let identifier = bytes[offset] as number
  let position = offset + 1
  if ((identifier & 0x1f) === 0x1f) {
    identifier = readLongTag(reader, offset, end)
    position = reader.start
  } else if (identifier === 0) throw fault('tag', offset, 'an element', 'the reserved tag 0')
  if (position >= end) throw shortHeader(reader, offset, end)
  let length = bytes[position++] as number
  if (length > 0x7f) {
    length = readLongLength(reader, position, end, length)
    position = reader.start
  }
  if (length > end - position) throw tooLong(reader, offset, length, end - position, end)
  if (--reader.elements < 0) throw fault('limit', offset, 'fewer elements', 'more than maxElements allows')
  reader.start = position
  reader.end = position + length
  return identifier
}

function readLongTag(reader: Reader, offset: number, end: number): Identifier {
  const { bytes } = reader
  let number = 0
  let position = offset + 1
  for (;;) {
    if (position >= end) throw shortHeader(reader, offset, end)
    if (position - offset > 4) throw fault('tag', offset, 'a tag number below 2^28', 'a larger one')
    const octet = bytes[position++] as number
    if (number === 0 && octet === 0x80) throw fault('non-minimal', offset, 'the shortest tag', 'a leading zero')
    number = number * 128 + (octet & 0x7f)
    if (octet < 0x80) break
  }
  if (number < 31) throw fault('non-minimal', offset, 'a tag in one octet', `tag number ${number} in several`)
  reader.start = position
  return number * 256 + (bytes[offset] as number)
}

/** Lengths have at most four octets; `first` says how many follow. */
function readLongLength(reader: Reader, offset: number, end: number, first: number): number {
  const { bytes, ber } = reader
  if (first === 0x80) throw fault('length', offset - 1, 'a definite length', 'an indefinite length')
  const count = first & 0x7f
  if (count > 4) throw fault('length', offset - 1, 'a length of at most 4 octets', `${count} octets`)
  if (count > end - offset) throw shortHeader(reader, offset - 1, end)
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[offset + index] as number)
  if (!ber && (length < 0x80 || length < 256 ** (count - 1))) {
    throw fault('non-minimal', offset - 1, 'the shortest form of a length', `${length} in ${count + 1} octets`)
  }
  reader.start = offset + count
  return length
}

const shortHeader = ({ bytes }: Reader, offset: number, end: number) =>
  end >= bytes.length
    ? fault('truncated', offset, 'a tag and a length', 'the end of the input')
    : fault('overrun', offset, 'a tag and a length', 'the end of the surrounding element')

const tooLong = ({ bytes }: Reader, offset: number, length: number, left: number, end: number) =>
  end >= bytes.length
    ? fault('truncated', offset, `${length} content octets`, `${left}`)
    : fault('overrun', offset, `at most ${left} content octets`, `${length}`)
