import { fault } from './errors.js'
import type { Reader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { type Writer, writeBytes, writeHeader } from './writer.js'

/** Larger than any arc in use (a UUID takes 19 octets) and small enough that its decimal form costs nothing. */
const maxArcOctets = 64
const maxArcDigits = 136

/** Direct-mapped and of fixed size: hostile input can only replace entries. */
const textCache: ({ readonly octets: Uint8Array; readonly text: string } | undefined)[] = new Array(256).fill(undefined)
const cachedOctets = 24

/** The dotted form of the content octets `start`..`end` (X.690 section 8.19). */
function readText(reader: Reader, start: number, end: number): string {
  checkLength(reader, start, end)
  const length = end - start
  if (length > cachedOctets) return parse(reader, start, end)
  const { bytes } = reader
  let hash = length
  for (let index = start; index < end; index++) hash = (Math.imul(hash, 31) + (bytes[index] as number)) | 0
  const slot = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & 0xff
  const entry = textCache[slot]
  if (entry !== undefined && sameOctets(entry.octets, bytes, start, length)) return entry.text
  const text = parse(reader, start, end)
  textCache[slot] = { octets: bytes.slice(start, end), text }
  return text
}

function sameOctets(octets: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (octets.length !== length) return false
  for (let index = 0; index < length; index++) if (octets[index] !== bytes[start + index]) return false
  return true
}

function parse(reader: Reader, start: number, end: number): string {
  const [first, ...rest] = readArcs(reader, start, end)
  return [firstArcs(first ?? 0), ...rest].join('.')
}

function readArcs({ bytes }: Reader, start: number, end: number): readonly (number | bigint)[] {
  if (end === start) throw fault('value', start, 'at least one octet', 'none')
  const arcs: (number | bigint)[] = []
  for (let position = start; position < end; ) {
    const next = arcEnd(bytes, position, end)
    arcs.push(arc(bytes, position, next))
    position = next
  }
  return arcs
}

function checkLength({ maxObjectIdentifier }: Reader, start: number, end: number): void {
  if (end - start > maxObjectIdentifier) {
    throw fault('limit', start, `at most ${maxObjectIdentifier} octets`, `${end - start}`)
  }
}

function arcEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x80) throw fault('non-minimal', start, 'the shortest form of an arc', 'a leading zero')
  let position = start
  while (position < end && (bytes[position] as number) >= 0x80) position++
  if (position >= end) throw fault('value', start, 'an arc that ends', 'the end of the content')
  if (position - start >= maxArcOctets)
    throw fault('limit', start, `an arc of at most ${maxArcOctets} octets`, 'a longer one')
  return position + 1
}

function arc(bytes: Uint8Array, start: number, end: number): number | bigint {
  let value = 0
  if (end - start <= 7) {
    for (let index = start; index < end; index++) value = value * 128 + ((bytes[index] as number) & 0x7f)
    return value
  }
  let large = 0n
  for (let index = start; index < end; index++) large = (large << 7n) | BigInt((bytes[index] as number) & 0x7f)
  return large
}

/** The first two arcs, which share a number (X.690 section 8.19.4). */
function firstArcs(value: number | bigint): string {
  if (value < 40) return `0.${value}`
  if (value < 80) return `1.${Number(value) - 40}`
  return `2.${typeof value === 'bigint' ? value - 80n : value - 80}`
}

const octetsCache = new Map<string, Uint8Array>()
const maxCached = 512

function octetsOf(text: string): Uint8Array {
  const cached = octetsCache.get(text)
  if (cached !== undefined) return cached
  const octets = compose(text)
  if (text.length <= 64) {
    if (octetsCache.size >= maxCached) octetsCache.clear()
    octetsCache.set(text, octets)
  }
  return octets
}

function compose(text: string): Uint8Array {
  if (typeof text !== 'string') throw badValue('a dotted object identifier', kindOf(text))
  if (!/^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(text)) {
    throw badValue('a dotted object identifier', 'another text')
  }
  const arcs = text.split('.').map(readArc)
  const [root = 0, second = 0, ...rest] = arcs
  if (root !== 2 && second > 39) throw badValue('a second arc of at most 39', 'a larger one')
  const octets: number[] = []
  const first = typeof second === 'bigint' ? second + 80n : second + Number(root) * 40
  for (const value of [first, ...rest]) octets.push(...arcOctets(value))
  return Uint8Array.from(octets)
}

function readArc(digits: string): number | bigint {
  // The conversion of decimal digits costs more than their number.
  if (digits.length > maxArcDigits) throw badValue(`an arc of at most ${maxArcOctets} octets`, 'a longer one')
  return digits.length < 16 ? Number(digits) : BigInt(digits)
}

function arcOctets(value: number | bigint): number[] {
  const octets = [Number(BigInt(value) & 0x7fn)]
  for (let rest = BigInt(value) >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80)
  if (octets.length > maxArcOctets) throw badValue(`an arc of at most ${maxArcOctets} octets`, 'a longer one')
  return octets
}

function objectIdentifierCodec(identifier: Identifier): Codec<string> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      return readText(reader, start, end)
    },
    write: (writer: Writer, value) => writeOctets(writer, identifier, octetsOf(value)),
    withTag: (tag) => objectIdentifierCodec(tag(false)),
  }
}

function relativeCodec(identifier: Identifier): Codec<string> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      checkLength(reader, start, end)
      return readArcs(reader, start, end).join('.')
    },
    write: (writer: Writer, value) => {
      if (typeof value !== 'string' || !/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/.test(value)) {
        throw badValue('arcs with dots between them', typeof value === 'string' ? 'another text' : kindOf(value))
      }
      writeOctets(writer, identifier, Uint8Array.from(value.split('.').map(readArc).flatMap(arcOctets)))
    },
    withTag: (tag) => relativeCodec(tag(false)),
  }
}

function writeOctets(writer: Writer, identifier: Identifier, octets: Uint8Array): void {
  writeBytes(writer, octets)
  writeHeader(writer, identifier, octets.length)
}

/**
 * OBJECT IDENTIFIER (X.690 section 8.19) in dotted form: `'1.2.840.113549.1.1.1'`. Arcs may exceed 2^53; one arc has at
 * most 64 octets.
 */
export const objectIdentifier: Schema<string> = createSchema(objectIdentifierCodec(universal(6)))

/** RELATIVE-OID (X.690 section 8.20): arcs with dots between them, `'8571.3.2'`. */
export const relativeObjectIdentifier: Schema<string> = createSchema(relativeCodec(universal(13)))
