import { type Fault, fault, isFault } from './errors.js'
import { type Reader, readHeader } from './reader.js'
import { asPrimitive, type Identifier, identifierName, isConstructed } from './tag.js'

/** Where a content ends: by the length that was written, and by what is there. */
export interface Bounds {
  /** In the input and in the surrounding element. */
  readonly end: number
  /** Greater than `end` when the content is cut off. */
  readonly claimedEnd: number
}

/** What can be read of the header of an element. */
export interface Found extends Bounds {
  readonly identifier: Identifier
  readonly offset: number
  /** Where the content begins. */
  readonly start: number
  readonly indefinite: boolean
  /** What is wrong with the length; it can be read all the same. */
  readonly fault: Fault | undefined
}

/** @internal */
export const isCut = ({ end, claimedEnd }: Bounds): boolean => end < claimedEnd

/**
 * The element at `offset`, also when it is longer than what is there; a fault when its header cannot be read, so that
 * nobody knows where the next one begins.
 *
 * @internal
 */
export function findElement(reader: Reader, offset: number, within: Bounds): Found | Fault {
  try {
    return definite(reader, offset, within, within.end, undefined)
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind === 'limit') throw thrown
    const indefinite = thrown.kind === 'length' ? indefiniteAt(reader, offset, within) : undefined
    if (indefinite !== undefined) return indefinite
    return thrown.kind === 'truncated' || thrown.kind === 'overrun' ? cutOff(reader, offset, within, thrown) : thrown
  }
}

function definite(reader: Reader, offset: number, within: Bounds, limit: number, found: Fault | undefined): Found {
  const identifier = readHeader(reader, offset, limit)
  const { start, end } = reader
  return { identifier, offset, start, end: Math.min(end, within.end), claimedEnd: end, indefinite: false, fault: found }
}

/** Reads the header again, without asking for the content to be there. */
function cutOff(reader: Reader, offset: number, within: Bounds, found: Fault): Found | Fault {
  try {
    // What is cut off with the element around it is no fault of its own.
    const element = definite(reader, offset, within, Number.MAX_SAFE_INTEGER, found)
    if (!(element.start <= within.end)) return found
    return isCut(within) && element.claimedEnd <= within.claimedEnd ? { ...element, fault: undefined } : element
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind === 'limit') throw thrown
    return found
  }
}

function indefiniteAt(reader: Reader, offset: number, within: Bounds): Found | undefined {
  const { bytes } = reader
  const leading = bytes[offset] as number
  let position = offset + 1
  let number = 0
  if ((leading & 0x1f) === 0x1f) {
    do number = number * 128 + ((bytes[position] as number) & 0x7f)
    while ((bytes[position++] as number) >= 0x80)
  }
  if (bytes[position] !== 0x80 || !isConstructed(leading)) return undefined
  if (--reader.elements < 0) throw fault('limit', offset, 'fewer elements', 'more than maxElements allows')
  const identifier = number === 0 ? leading : number * 256 + leading
  return { ...within, identifier, offset, start: position + 1, indefinite: true, fault: undefined }
}

/** Universal types that are always constructed: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. */
const structures: readonly Identifier[] = [8, 11, 16, 17, 29]
/** Universal types that may come in pieces in BER. */
const strings: readonly Identifier[] = [3, 4, 7, 12, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30]

/** What is wrong with a universal type that is constructed, or is not. @internal */
export function formFault({ identifier, offset }: Found, ber: boolean): Fault | undefined {
  if ((identifier & 0xc0) !== 0) return undefined
  const type = asPrimitive(identifier)
  const constructed = isConstructed(identifier)
  if (constructed === structures.includes(type)) return undefined
  if (constructed && ber && strings.includes(type)) return undefined
  const name = identifierName(identifier)
  return fault('constructed', offset, `${constructed ? 'a primitive' : 'a constructed'} ${name}`, 'the opposite')
}
