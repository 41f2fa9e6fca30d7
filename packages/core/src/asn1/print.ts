import { toHex } from './bytes.js'
import { Asn1Error, toAsn1Error } from './errors.js'
import { type DecodeLimits, defaultLimits } from './limits.js'
import { describePrimitive, readsWhole } from './print-value.js'
import { createReader, enter, type Reader, readHeader } from './reader.js'
import { type Identifier, identifierName, isConstructed } from './tag.js'

/** Options of {@link printDer}. */
export interface PrintOptions extends Pick<DecodeLimits, 'maxSize' | 'maxDepth' | 'maxElements'> {
  /** A name for an object identifier, for example `oidName` of `core/x509`. */
  readonly nameOf?: (oid: string) => string | undefined
  /** The tree ends after so many lines. Default 10,000. */
  readonly maxLines?: number
}

interface Printer {
  readonly reader: Reader
  readonly lines: string[]
  readonly maxLines: number
  readonly nameOf: (oid: string) => string | undefined
}

/** Ends the walk: the tree is long enough. */
const enough = Symbol('enough lines')

/**
 * DER or BER as a readable tree: offset, type and content of each element, indented by depth; strings that contain an
 * element are opened. Never throws for bad bytes: the tree goes as far as they can be read and ends with a line that
 * says where and what the first error is.
 *
 * @example
 * ```ts
 * import { fromHex, printDer } from '@certwright/core/asn1'
 *
 * console.log(printDer(fromHex('3006020105040101')))
 * //    0  SEQUENCE, 6 octets
 * //    2    INTEGER 5
 * //    5    OCTET STRING 01
 * ```
 */
export function printDer(bytes: Uint8Array, options: PrintOptions = {}): string {
  const { nameOf = () => undefined, maxLines = 10_000, maxSize = defaultLimits.maxSize } = options
  const reader = createReader(bytes, { ...options, encoding: 'ber' })
  const printer: Printer = { reader, lines: [], maxLines, nameOf }
  try {
    if (bytes.length > maxSize)
      throw new Asn1Error({
        kind: 'limit',
        offset: 0,
        expected: `at most ${maxSize} octets`,
        actual: `${bytes.length}`,
      })
    for (let position = 0; position < bytes.length; ) position = printElement(printer, position, bytes.length)
  } catch (thrown) {
    if (thrown === enough) printer.lines.push('... and more')
    else printError(printer, toAsn1Error(thrown))
  }
  return printer.lines.join('\n')
}

function printError({ lines }: Printer, thrown: unknown): void {
  if (!(thrown instanceof Asn1Error)) throw thrown
  lines.push(`${`${thrown.offset}`.padStart(6)}  !! ${thrown.message}`)
}

function printLine({ reader, lines, maxLines }: Printer, offset: number, text: string): void {
  if (lines.length >= maxLines) throw enough
  lines.push(`${`${offset}`.padStart(6)}  ${'  '.repeat(reader.depth)}${text}`)
}

/** Prints the element at `offset` and returns the offset after it. */
function printElement(printer: Printer, offset: number, end: number): number {
  const { reader } = printer
  const { bytes } = reader
  const lengthAt = singleOctetTag(bytes, offset) ? offset + 1 : -1
  if (bytes[lengthAt] === 0x80 && isConstructed(bytes[offset] as number)) return printIndefinite(printer, offset, end)
  const identifier = readHeader(reader, offset, end)
  const { start, end: contentEnd } = reader
  if (isConstructed(identifier)) {
    printLine(printer, offset, `${identifierName(identifier)}, ${contentEnd - start} octets`)
    printChildren(printer, start, contentEnd)
  } else printPrimitive(printer, identifier, offset, start, contentEnd)
  return contentEnd
}

const singleOctetTag = (bytes: Uint8Array, offset: number): boolean => ((bytes[offset] ?? 0x1f) & 0x1f) !== 0x1f

function printIndefinite(printer: Printer, offset: number, end: number): number {
  const { reader } = printer
  printLine(printer, offset, `${identifierName(reader.bytes[offset] as number)}, indefinite length`)
  enter(reader, offset)
  let position = offset + 2
  while (position + 2 > end || reader.bytes[position] !== 0 || reader.bytes[position + 1] !== 0) {
    position = printElement(printer, position, end)
  }
  reader.depth--
  return position + 2
}

function printChildren(printer: Printer, start: number, end: number): void {
  enter(printer.reader, start)
  for (let position = start; position < end; ) position = printElement(printer, position, end)
  printer.reader.depth--
}

function printPrimitive(printer: Printer, identifier: Identifier, offset: number, start: number, end: number): void {
  const { reader, nameOf } = printer
  const name = identifierName(identifier)
  const inside = insideOf(reader, identifier, start, end)
  if (inside !== undefined) {
    printLine(printer, offset, `${name}, ${end - start} octets, contains`)
    printChildren(printer, inside, end)
    return
  }
  const value = describePrimitive(reader, identifier, start, end, nameOf)
  if (typeof value === 'string') printLine(printer, offset, value === '' ? name : `${name} ${value}`)
  else {
    printLine(printer, offset, `${name} ${toHex(reader.bytes.subarray(start, Math.min(end, start + 32)))}`)
    printError(printer, value)
  }
}

/** Where the elements begin that a string is made of, or `undefined` when it holds other octets. */
function insideOf(reader: Reader, identifier: Identifier, start: number, end: number): number | undefined {
  const isBits = identifier === 0x03
  if (!isBits && identifier !== 0x04) return undefined
  const inside = isBits ? start + 1 : start
  if (end - inside < 2 || (isBits && reader.bytes[start] !== 0)) return undefined
  return readsWhole(reader, inside, end) ? inside : undefined
}
