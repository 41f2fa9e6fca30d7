import { Asn1Error, any, fromHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { type AttributeType, attributeTypeByName, attributeTypeByOid } from './attribute-types.js'
import { encodeAttributeText } from './attribute-value.js'
import type { AttributeTypeAndValue, Name } from './name.js'

/** Longer texts than any name; a bound on the work that hostile text can cause. */
const maxLength = 65_536

/** Where the parser is in the text. */
interface Cursor {
  readonly text: string
  position: number
  /** Characters that end a value. */
  readonly separators: string
}

/**
 * Reads the text form of a name, RFC 4514 section 3, and the older quoted form of RFC 2253 section 4. Types are the names
 * and aliases of `attributeTypes`, whatever their case, or dotted. Spaces around `=`, `,` and `+` do not count; `;`
 * separates like `,`. A text that starts with `/` is one of openssl's, `/O=Acme/CN=device`: the root first, `/` separates,
 * and `\/` is a slash. New values are UTF8String but for the types that RFC 5280 wants as PrintableString or IA5String.
 *
 * @example
 * ```ts
 * import { parseName } from '@certwright/core/x509'
 *
 * const name = parseName('CN=device-1, O=Acme \\+ Sons, C=DE')
 * ```
 *
 * @throws CertwrightError `asn1` with the position of the fault.
 */
export function parseName(text: string): Name {
  if (text.length > maxLength) throw new CertwrightError('limit', `a name has at most ${maxLength} characters`)
  const slash = text.startsWith('/')
  const cursor: Cursor = { text, position: slash ? 1 : 0, separators: slash ? '/+' : ',;+' }
  skipSpaces(cursor)
  if (cursor.position === text.length) return []
  const name: AttributeTypeAndValue[][] = [[parseAttribute(cursor)]]
  while (cursor.position < text.length) {
    const separator = text.charAt(cursor.position++)
    const attribute = parseAttribute(cursor)
    if (separator === '+') name.at(-1)?.push(attribute)
    else name.push([attribute])
  }
  return slash ? name : name.reverse()
}

function parseAttribute(cursor: Cursor): AttributeTypeAndValue {
  skipSpaces(cursor)
  const start = cursor.position
  const match = /[A-Za-z0-9.-]+/y
  match.lastIndex = start
  const type = match.exec(cursor.text)?.[0]
  if (type === undefined) throw malformed(start, 'an attribute type')
  cursor.position += type.length
  skipSpaces(cursor)
  if (cursor.text[cursor.position] !== '=') throw malformed(cursor.position, '"="')
  cursor.position++
  skipSpaces(cursor)
  const { oid, known } = resolveType(type, start)
  return { type: oid, value: parseValue(cursor, oid, known) }
}

function resolveType(type: string, start: number): { readonly oid: string; readonly known: AttributeType | undefined } {
  const dotted = type.replace(/^oid\./i, '')
  if (/^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(dotted)) return { oid: dotted, known: attributeTypeByOid(dotted) }
  const known = attributeTypeByName(type)
  if (known === undefined) throw malformed(start, `a known attribute type instead of ${type}`)
  return { oid: known.oid, known }
}

function parseValue(cursor: Cursor, oid: string, known: AttributeType | undefined): Uint8Array {
  const start = cursor.position
  const first = cursor.text[start]
  if (first === '#') return parseHex(cursor)
  const text = first === '"' ? parseQuoted(cursor) : parsePlain(cursor)
  try {
    return encodeAttributeText(known?.syntax ?? 'utf8', text)
  } catch (cause) {
    if (!(cause instanceof Asn1Error)) throw cause
    throw malformed(start, `the value of ${known?.names[0] ?? oid} with ${cause.expected}`, cause)
  }
}

function parseHex(cursor: Cursor): Uint8Array {
  const start = cursor.position
  const match = /#((?:[0-9a-fA-F]{2})+) */y
  match.lastIndex = start
  const found = match.exec(cursor.text)
  if (found === null) throw malformed(start, 'pairs of hexadecimal digits')
  cursor.position += found[0].length
  expectSeparator(cursor)
  const value = fromHex(found[1] ?? '')
  try {
    return any.decode(value)
  } catch (cause) {
    throw malformed(start, 'the hexadecimal of one DER element', cause)
  }
}

function parseQuoted(cursor: Cursor): string {
  const start = cursor.position++
  const text = readText(cursor, '"').text
  if (cursor.text[cursor.position] !== '"') throw malformed(start, 'a closing quotation mark')
  cursor.position++
  skipSpaces(cursor)
  expectSeparator(cursor)
  return text
}

function parsePlain(cursor: Cursor): string {
  const { text, escapedEnd } = readText(cursor, cursor.separators)
  // Spaces at the end do not belong to the value unless they are escaped (RFC 4514 section 2.4).
  let end = text.length
  while (end > escapedEnd && text[end - 1] === ' ') end--
  return text.slice(0, end)
}

/** Reads up to a character of `ends`; `escapedEnd` is the index after the last escaped character. */
function readText(cursor: Cursor, ends: string): { readonly text: string; readonly escapedEnd: number } {
  let text = ''
  let escapedEnd = 0
  while (cursor.position < cursor.text.length) {
    const character = cursor.text.charAt(cursor.position)
    if (ends.includes(character)) break
    if (character === '\\') {
      text += readEscape(cursor)
      escapedEnd = text.length
    } else {
      if (ends !== '"' && '"<>'.includes(character)) throw malformed(cursor.position, `an escape before ${character}`)
      text += character
      cursor.position++
    }
  }
  return { text, escapedEnd }
}

/** An escaped character, or a run of escaped octets, which are UTF-8. */
function readEscape(cursor: Cursor): string {
  const start = cursor.position
  const pairs = /(?:\\[0-9a-fA-F]{2})+/y
  pairs.lastIndex = start
  const run = pairs.exec(cursor.text)?.[0]
  if (run !== undefined) {
    cursor.position += run.length
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromHex(run.replaceAll('\\', '')))
    } catch (cause) {
      throw malformed(start, 'escaped octets that are UTF-8', cause)
    }
  }
  const character = cursor.text.charAt(start + 1)
  const escapable = cursor.separators.startsWith('/') ? ' "#+,;<=>\\/' : ' "#+,;<=>\\'
  if (character === '' || !escapable.includes(character)) throw malformed(start, 'an escape sequence')
  cursor.position += 2
  return character
}

function expectSeparator({ text, position, separators }: Cursor): void {
  const character = text[position]
  if (character !== undefined && !separators.includes(character)) throw malformed(position, 'a separator')
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text[cursor.position] === ' ') cursor.position++
}

const malformed = (position: number, expected: string, cause?: unknown): CertwrightError =>
  new CertwrightError('asn1', `distinguished name: expected ${expected} at position ${position}`, { cause })
