import { Asn1Error, type Fault, fault, isFault } from './errors.js'
import { type DecodeOptions, defaultLimits } from './limits.js'
import { type Bounds, type Found, findElement, formFault, isCut } from './print-header.js'
import { insideOf } from './print-inside.js'
import { describePrimitive, octetsText } from './print-value.js'
import { createReader, type Reader, readHeader } from './reader.js'
import { type Identifier, identifierName, isConstructed } from './tag.js'

/** Options of {@link printDer}. */
export interface PrintOptions extends Pick<DecodeOptions, 'encoding' | 'maxSize' | 'maxDepth' | 'maxElements'> {
  /** A name for an object identifier, for example `oidName` of `core/x509`. */
  readonly nameOf?: (oid: string) => string | undefined
  /** `der`: also mark what BER allows and DER does not, such as an indefinite length. Default `ber`. */
  readonly encoding?: 'der' | 'ber'
  /** The tree ends after so many lines. Default 10,000. */
  readonly maxLines?: number
}

interface Printer {
  /** Reads BER, whatever is marked. */
  readonly reader: Reader
  /** Reads what is not to be marked. */
  readonly judge: Reader
  readonly lines: string[]
  readonly maxLines: number
  readonly nameOf: (oid: string) => string | undefined
  depth: number
  firstError: number | undefined
}

/** Ends the walk: the tree is long enough. */
const enough = Symbol('enough lines')

/**
 * DER or BER as a readable tree: offset, type and content of each element, indented by depth; strings that contain an
 * element are opened. It never throws for bad bytes. What is cut off, longer than what is around it, or of the wrong
 * form is shown as far as it can be read, with a line `!!` below it that says what is wrong; the last line says where the
 * first error is.
 *
 * @example
 * ```ts
 * import { fromHex, printDer } from '@certwright/core/asn1'
 *
 * console.log(printDer(fromHex('300a020105040102')))
 * //    0  SEQUENCE, 10 octets of which 6 are there
 * //    0  !! expected 10 content octets, found 6 (truncated at offset 0)
 * //    2    INTEGER 5
 * //    5    OCTET STRING 02
 * // first error at offset 0
 * ```
 */
export function printDer(bytes: Uint8Array, options: PrintOptions = {}): string {
  const { nameOf = () => undefined, maxLines = 10_000, maxSize = defaultLimits.maxSize, encoding = 'ber' } = options
  const reader = createReader(bytes, { ...options, encoding: 'ber' })
  const judge = encoding === 'ber' ? reader : { ...reader, ber: false, elements: Number.MAX_SAFE_INTEGER }
  const printer: Printer = { reader, judge, lines: [], maxLines, nameOf, depth: 0, firstError: undefined }
  try {
    if (bytes.length > maxSize) throw fault('limit', 0, `at most ${maxSize} octets`, `${bytes.length}`)
    printElements(printer, 0, { end: bytes.length, claimedEnd: bytes.length })
  } catch (thrown) {
    if (thrown === enough) printer.lines.push('... and more')
    else if (isFault(thrown)) markLast(printer, thrown)
    else throw thrown
  }
  if (printer.firstError !== undefined) printer.lines.push(`first error at offset ${printer.firstError}`)
  return printer.lines.join('\n')
}

function printLine({ lines, maxLines, depth }: Printer, offset: number, text: string): void {
  if (lines.length >= maxLines) throw enough
  lines.push(`${`${offset}`.padStart(6)}  ${'  '.repeat(depth)}${text}`)
}

/** Says what is wrong with the element of the line above. */
function mark(printer: Printer, found: Fault | undefined): void {
  if (found === undefined) return
  const { offset = 0 } = found
  printer.firstError ??= offset
  printLine(printer, offset, `!! ${new Asn1Error(found).message}`)
}

/** Marks what ends the walk, which may have no line left. */
function markLast(printer: Printer, found: Fault): void {
  printer.firstError ??= found.offset
  printer.lines.push(`${`${found.offset ?? 0}`.padStart(6)}  !! ${new Asn1Error(found).message}`)
}

function printElements(printer: Printer, start: number, within: Bounds): void {
  for (let position = start; position < within.end; ) position = printElement(printer, position, within)
}

/** Prints the element at `offset` and returns the offset after it. */
function printElement(printer: Printer, offset: number, within: Bounds): number {
  const { reader } = printer
  const found = findElement(reader, offset, within)
  if (isFault(found)) return printRest(printer, offset, within, found)
  if (isConstructed(found.identifier)) return printConstructed(printer, found)
  printPrimitive(printer, found)
  return found.end
}

/** How long a content is: what its length says, and what of it is there. */
function lengthText({ start, end, claimedEnd }: Found): string {
  const length = claimedEnd - start
  const text = `${length} octet${length === 1 ? '' : 's'}`
  return end < claimedEnd ? `${text} of which ${end - start} are there` : text
}

/** What comes after a header that cannot be read, up to the end of the surrounding element. */
function printRest(printer: Printer, offset: number, within: Bounds, found: Fault): number {
  printLine(printer, offset, `octets ${octetsText(printer.reader, anyTag, offset, within.end)}`)
  const isOfCut = isCut(within) && (found.kind === 'truncated' || found.kind === 'overrun')
  if (!isOfCut) mark(printer, found)
  return within.end
}

/** Of octets that are shown as octets. */
const anyTag: Identifier = 4

function printConstructed(printer: Printer, found: Found): number {
  const { offset, start, end, indefinite, identifier } = found
  const length = indefinite ? 'indefinite length' : lengthText(found)
  printLine(printer, offset, `${identifierName(identifier)}, ${length}`)
  markHeader(printer, found)
  if (printer.depth >= printer.reader.maxDepth) {
    mark(printer, fault('limit', offset, `at most ${printer.reader.maxDepth} nested elements`, 'a deeper one'))
    return end
  }
  printer.depth++
  const next = indefinite ? printIndefinite(printer, found) : end
  if (!indefinite) printElements(printer, start, found)
  printer.depth--
  return next
}

function printIndefinite(printer: Printer, found: Found): number {
  const { bytes } = printer.reader
  let position = found.start
  while (position < found.end) {
    if (position + 2 <= found.end && bytes[position] === 0 && bytes[position + 1] === 0) return position + 2
    position = printElement(printer, position, found)
  }
  const kind = position >= bytes.length ? 'truncated' : 'overrun'
  if (!isCut(found)) mark(printer, fault(kind, position, 'the end-of-contents octets', 'the end'))
  return position
}

function printPrimitive(printer: Printer, found: Found): void {
  const { reader, judge, nameOf, depth } = printer
  const { identifier, offset, start, end } = found
  const name = identifierName(identifier)
  const inside = depth < reader.maxDepth ? insideOf(reader, found) : undefined
  if (inside !== undefined) {
    printLine(printer, offset, `${name}, ${lengthText(found)}, contains`)
    markHeader(printer, found)
    printer.depth++
    printElements(printer, inside, found)
    printer.depth--
    return
  }
  const value = isCut(found) ? undefined : describePrimitive(judge, found, nameOf)
  const text = value === undefined ? octetsText(reader, identifier, start, end) : value.text
  const named = text === '' ? name : `${name} ${text}`
  printLine(printer, offset, isCut(found) ? `${named}, ${lengthText(found)}` : named)
  markHeader(printer, found)
  mark(printer, value?.fault)
}

/** Marks what is wrong with the length or the form of an element. */
function markHeader(printer: Printer, found: Found): void {
  const { judge } = printer
  mark(printer, found.fault)
  mark(printer, formFault(found, judge.ber))
  if (judge.ber) return
  try {
    readHeader(judge, found.offset, Number.MAX_SAFE_INTEGER)
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    mark(printer, thrown)
  }
}
