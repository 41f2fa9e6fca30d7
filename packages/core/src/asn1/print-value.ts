import { toHex } from './bytes.js'
import { type Fault, isFault } from './errors.js'
import { integer, integerBytes } from './integer.js'
import { date, dateTime, duration, isoTime, timeOfDay } from './iso-time.js'
import { objectIdentifier, relativeObjectIdentifier } from './object-identifier.js'
import { oidIri, relativeOidIri } from './oid-iri.js'
import { boolean, nullValue } from './primitive.js'
import type { Found } from './print-header.js'
import type { Reader } from './reader.js'
import { real } from './real.js'
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
import { type Identifier, universal } from './tag.js'
import { generalizedTime, utcTime } from './time.js'

const maxText = 200
const maxOctets = 32
/** Longer integers are keys and serial numbers, which people compare by their octets. */
const maxInteger = 8

/** The universal types whose value has a text, by tag. */
const types: ReadonlyMap<Identifier, Schema<unknown>> = new Map<Identifier, Schema<unknown>>([
  [1, boolean],
  [2, integer],
  [5, nullValue],
  [6, objectIdentifier],
  [7, objectDescriptor],
  [9, real],
  [10, integer],
  [12, utf8String],
  [13, relativeObjectIdentifier],
  [14, isoTime],
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
  [universal(31), date],
  [universal(32), timeOfDay],
  [universal(33), dateTime],
  [universal(34), duration],
  [universal(35), oidIri],
  [universal(36), relativeOidIri],
])

/** Forms that BER has and DER has not: less precise times and times of other zones, numbers of base 10. */
const berForms: ReadonlyMap<Identifier, RegExp> = new Map([
  [9, /^/s],
  [23, /^\d{10}(?:\d\d)?(?:Z|[+-]\d{4})$/],
  [24, /^\d{10}(?:\d\d(?:\d\d)?)?(?:[.,]\d+)?(?:Z|[+-]\d\d(?:\d\d)?)?$/],
])

/** The content of a primitive as text, and what is wrong with it. @internal */
export interface Description {
  readonly text: string
  readonly fault?: Fault
}

/** @param nameOf a name for an object identifier @internal */
export function describePrimitive(
  reader: Reader,
  { identifier, start, end }: Found,
  nameOf: (oid: string) => string | undefined,
): Description {
  const schema = types.get(identifier)
  if (schema === undefined) return { text: octetsText(reader, identifier, start, end) }
  const isLong = schema === integer && end - start > maxInteger
  const { codec } = isLong ? integerBytes : schema
  // ENUMERATED is encoded as an INTEGER.
  const tag = schema === integer ? 2 : identifier
  try {
    const value = codec.read(reader, tag, start, end, start)
    return { text: isLong ? octetsText(reader, identifier, start, end) : describe(value, identifier, nameOf) }
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return describeOther(reader, identifier, start, end, thrown)
  }
}

/** A content that is not what DER asks for: of a form that only BER has, or faulty. */
function describeOther(reader: Reader, identifier: Identifier, start: number, end: number, found: Fault): Description {
  const ascii = asciiOf(reader, start, end)
  const text = ascii === undefined ? octetsText(reader, identifier, start, end) : quoted(ascii)
  const isBer = reader.ber && berForms.get(identifier)?.test(ascii ?? '') === true
  return isBer ? { text } : { text, fault: found }
}

function describe(value: unknown, identifier: Identifier, nameOf: (oid: string) => string | undefined): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : `${value}`
  if (identifier !== 6) return identifier === 13 ? value : quoted(value)
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

/** The octets as text when all of them are printable ASCII. */
function asciiOf(reader: Reader, start: number, end: number): string | undefined {
  for (let index = start; index < end; index++) {
    const octet = reader.bytes[index] as number
    if (octet < 0x20 || octet > 0x7e) return undefined
  }
  return end - start < 2 ? undefined : new TextDecoder().decode(view(reader, start, end))
}

/** Octets in hexadecimal; those of a context-specific tag, such as a dNSName, as text where they are one. @internal */
export function octetsText(reader: Reader, identifier: Identifier, start: number, end: number): string {
  const { bytes } = reader
  const ascii = (identifier & 0xc0) === 0x80 ? asciiOf(reader, start, end) : undefined
  if (ascii !== undefined) return quoted(ascii)
  const from = identifier === 3 && end > start ? start + 1 : start
  const unused = identifier === 3 && end > start && bytes[start] !== 0 ? ` (${bytes[start]} unused bits)` : ''
  const shown = toHex(bytes.subarray(from, Math.min(end, from + maxOctets)))
  return end - from > maxOctets ? `${shown}... ${end - from} octets${unused}` : `${shown}${unused}`
}
