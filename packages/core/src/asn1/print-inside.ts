import { isFault } from './errors.js'
import { type Bounds, type Found, findElement, isCut } from './print-header.js'
import { nestedReader, type Reader, readHeader } from './reader.js'
import { view } from './schema.js'

/**
 * Where the elements begin that an OCTET STRING or BIT STRING is made of, or `undefined` when it holds other octets. One
 * well-formed element is the sign; or, so that a fault does not hide what is around it, a SEQUENCE or SET of exactly the
 * length of the string.
 *
 * @internal
 */
export function insideOf(reader: Reader, found: Found): number | undefined {
  const { identifier, start, end } = found
  const isBits = identifier === 3
  if (!isBits && identifier !== 4) return undefined
  const inside = isBits ? start + 1 : start
  if (end - inside < 2 || (isBits && reader.bytes[start] !== 0)) return undefined
  const isElement = isCut(found) ? isCollection(reader, inside, found) : readsWhole(reader, inside, end)
  return isElement || isCollection(reader, inside, found) ? inside : undefined
}

/** Whether `start`..`end` is one well-formed element, all elements in it included. */
function readsWhole(reader: Reader, start: number, end: number): boolean {
  const trial: Reader = { ...nestedReader(reader, view(reader, start, end)), ber: false, elements: 10_000 }
  try {
    return elementEnd(trial, 0, end - start, 0) === end - start
  } catch {
    return false
  }
}

/** The offset after the element at `start`; faults when it or one inside is not well-formed. */
function elementEnd(reader: Reader, start: number, end: number, depth: number): number {
  const identifier = readHeader(reader, start, end)
  const { start: contentStart, end: contentEnd } = reader
  if ((identifier & 0x20) === 0) return contentEnd
  if (depth >= reader.maxDepth) throw new RangeError('too deep')
  for (let position = contentStart; position < contentEnd; ) {
    position = elementEnd(reader, position, contentEnd, depth + 1)
  }
  return contentEnd
}

/** Whether a SEQUENCE or SET begins at `start` that ends where the string claims to, and begins with an element. */
function isCollection(reader: Reader, start: number, { end, claimedEnd }: Bounds): boolean {
  if (((reader.bytes[start] as number) & 0xfe) !== 0x30) return false
  const trial: Reader = { ...reader, elements: 2 }
  const outer = findElement(trial, start, { end, claimedEnd })
  if (isFault(outer) || outer.indefinite || outer.claimedEnd !== claimedEnd) return false
  if (outer.start >= outer.end) return isCut(outer)
  const first = findElement(trial, outer.start, outer)
  return !isFault(first) && first.fault === undefined
}
