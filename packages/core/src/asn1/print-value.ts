import { toHex } from './bytes.js'
import { Asn1Error, fault, toAsn1Error } from './errors.js'
import { integer } from './integer.js'
import { objectIdentifier } from './object-identifier.js'
import { boolean, nullValue } from './primitive.js'
import { nestedReader, type Reader, readHeader } from './reader.js'
import { type Schema, view } from './schema.js'
import {
  bmpString,
  generalString,
  graphicString,
  ia5String,
  numericString,
  objectDescriptor,
  printableString,
  teletexString,
  universalString,
  utf8String,
  videotexString,
  visibleString,
} from './strings.js'
import type { Identifier } from './tag.js'
import { generalizedTime, utcTime } from './time.js'

const maxText = 200
const maxOctets = 32
const maxInteger = 64

/** The universal types whose value has a text, by tag. */
const types: ReadonlyMap<Identifier, Schema<unknown>> = new Map<Identifier, Schema<unknown>>([
  [1, boolean],
  [2, integer],
  [5, nullValue],
  [6, objectIdentifier],
  [7, objectDescriptor],
  [12, utf8String],
  [18, numericString],
  [19, printableString],
  [20, teletexString],
  [21, videotexString],
  [22, ia5String],
  [23, utcTime],
  [24, generalizedTime],
  [25, graphicString],
  [26, visibleString],
  [27, generalString],
  [28, universalString],
  [30, bmpString],
])

/** The content of a primitive as text, or what is wrong with it. @internal */
export function describePrimitive(
  reader: Reader,
  identifier: Identifier,
  start: number,
  end: number,
  nameOf: (oid: string) => string | undefined,
): string | Asn1Error {
  const codec = types.get(identifier)?.codec
  if (codec === undefined || (identifier === 2 && end - start > maxInteger))
    return octets(reader, identifier, start, end)
  try {
    return describe(codec.read(reader, identifier, start, end, start), identifier, nameOf)
  } catch (thrown) {
    const error = toAsn1Error(thrown)
    if (error instanceof Asn1Error) return error
    throw error
  }
}

function describe(value: unknown, identifier: Identifier, nameOf: (oid: string) => string | undefined): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return `${value}`
  if (identifier !== 6) return quoted(value)
  const name = nameOf(value)
  return name === undefined ? value : `${value} (${name})`
}

/** Text in quotation marks, with everything escaped that does not show or could rearrange the line. */
function quoted(text: string): string {
  const shown = text.length > maxText ? text.slice(0, maxText) : text
  const escaped = JSON.stringify(shown).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
  return text.length > maxText ? `${escaped}... ${text.length} characters` : escaped
}

function octets({ bytes }: Reader, identifier: Identifier, start: number, end: number): string {
  const from = identifier === 3 && end > start ? start + 1 : start
  const unused = identifier === 3 && end > start && bytes[start] !== 0 ? ` (${bytes[start]} unused bits)` : ''
  const shown = toHex(bytes.subarray(from, Math.min(end, from + maxOctets)))
  return end - from > maxOctets ? `${shown}... ${end - from} octets${unused}` : `${shown}${unused}`
}

/** Whether `start`..`end` is one well-formed element: the sign that a string contains one. @internal */
export function readsWhole(reader: Reader, start: number, end: number): boolean {
  const trial: Reader = { ...nestedReader(reader, view(reader, start, end)), ber: false, elements: 10_000 }
  try {
    return elementEnd(trial, 0, end - start, 0) === end - start
  } catch {
    return false
  }
}

/** The offset after the element at `start`; faults when it or one inside is not well-formed. */
function elementEnd(reader: Reader, start: number, end: number, depth: number): number {
  if (depth > reader.maxDepth) throw fault('limit', start, 'fewer nested elements', 'more')
  const identifier = readHeader(reader, start, end)
  const { start: contentStart, end: contentEnd } = reader
  if ((identifier & 0x20) === 0) return contentEnd
  for (let position = contentStart; position < contentEnd; ) {
    position = elementEnd(reader, position, contentEnd, depth + 1)
  }
  return contentEnd
}
