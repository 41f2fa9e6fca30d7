import { fault } from './errors.js'
import { readString } from './octet-string.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { constructedBit, type Identifier, identifierName, universal } from './tag.js'
import { mark, reserve, type Writer, writeBytes, writeHeader } from './writer.js'

/** How content octets become text and back; `undefined` when they do not fit the type. */
interface TextForm {
  decode(octets: Uint8Array): string | undefined
  /** Writes the octets, or returns false. */
  write(writer: Writer, text: string): boolean
}

function textCodec(identifier: Identifier, typeName: string, form: TextForm): Codec<string> {
  const name = identifierName(identifier)
  const inPieces = identifier + constructedBit
  return {
    name,
    identifiers: [identifier, inPieces],
    read: (reader, found, start, end, from) => {
      if (found !== identifier && found !== inPieces) throw unexpectedTag(name, found, from)
      const text = form.decode(readString(reader, found, start, end))
      if (text === undefined) throw fault('value', start, `the characters of ${typeName}`, 'others')
      return text
    },
    write: (writer, value) => {
      if (typeof value !== 'string') throw badValue('a string', kindOf(value))
      const before = mark(writer)
      if (!form.write(writer, value)) throw badValue(`the characters of ${typeName}`, 'others')
      writeHeader(writer, identifier, mark(writer) - before)
    },
    withTag: (tag) => textCodec(tag(false), typeName, form),
  }
}

const chunk = 4096

/** Text of octets that are code points themselves. */
function fromOctets(octets: Uint8Array): string {
  let text = ''
  if (octets.length <= 32) {
    for (let index = 0; index < octets.length; index++) text += String.fromCharCode(octets[index] as number)
    return text
  }
  for (let start = 0; start < octets.length; start += chunk) {
    text += String.fromCharCode.apply(null, octets.subarray(start, start + chunk) as unknown as number[])
  }
  return text
}

/** A type whose characters are one octet each: those for which `allowed` holds a 1. */
function singleOctets(allowed: Uint8Array): TextForm {
  return {
    decode: (octets) => {
      for (let index = 0; index < octets.length; index++) if (allowed[octets[index] as number] === 0) return undefined
      return fromOctets(octets)
    },
    write: (writer, text) => {
      const position = reserve(writer, text.length)
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index)
        if (code > 0xff || allowed[code] === 0) return false
        writer.buffer[position + index] = code
      }
      return true
    },
  }
}

const range = (first: number, last: number): Uint8Array => new Uint8Array(256).fill(1, first, last + 1)

function characters(text: string): Uint8Array {
  const allowed = new Uint8Array(256)
  for (const character of text) allowed[character.charCodeAt(0)] = 1
  return allowed
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8Encoder = new TextEncoder()
const lowAscii = singleOctets(range(0, 0x7f))

const utf8: TextForm = {
  decode: (octets) => {
    const ascii = octets.length <= 64 ? lowAscii.decode(octets) : undefined
    if (ascii !== undefined) return ascii
    try {
      return utf8Decoder.decode(octets)
    } catch {
      return undefined
    }
  },
  write: (writer, text) => {
    if (text.length <= 64 && isAscii(text)) return lowAscii.write(writer, text)
    if (/\p{Surrogate}/u.test(text)) return false
    writeBytes(writer, utf8Encoder.encode(text))
    return true
  },
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false
  return true
}

/** UCS-2, big-endian, without surrogates (X.690 section 8.23.8). */
const bmp: TextForm = {
  decode: (octets) => {
    if (octets.length % 2 !== 0) return undefined
    const parts: string[] = []
    for (let index = 0; index < octets.length; index += 2) {
      const code = ((octets[index] as number) << 8) | (octets[index + 1] as number)
      if (isSurrogate(code)) return undefined
      parts.push(String.fromCharCode(code))
    }
    return parts.join('')
  },
  write: (writer, text) => {
    const position = reserve(writer, 2 * text.length)
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (isSurrogate(code)) return false
      writer.buffer[position + 2 * index] = code >> 8
      writer.buffer[position + 2 * index + 1] = code & 0xff
    }
    return true
  },
}

/** UCS-4, big-endian (X.690 section 8.23.7). */
const ucs4: TextForm = {
  decode: (octets) => {
    if (octets.length % 4 !== 0) return undefined
    const parts: string[] = []
    for (let index = 0; index < octets.length; index += 4) {
      const code =
        (octets[index] as number) * 0x1000000 +
        (((octets[index + 1] as number) << 16) | ((octets[index + 2] as number) << 8) | (octets[index + 3] as number))
      if (code > 0x10ffff || isSurrogate(code)) return undefined
      parts.push(String.fromCodePoint(code))
    }
    return parts.join('')
  },
  write: (writer, text) => {
    const codes = Array.from(text, (character) => character.codePointAt(0) as number)
    let position = reserve(writer, 4 * codes.length)
    for (const code of codes) {
      if (isSurrogate(code)) return false
      writer.buffer[position++] = 0
      writer.buffer[position++] = code >> 16
      writer.buffer[position++] = (code >> 8) & 0xff
      writer.buffer[position++] = code & 0xff
    }
    return true
  },
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

const printable = characters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")

const text = (tag: number, typeName: string, form: TextForm): Schema<string> =>
  createSchema(textCodec(universal(tag), typeName, form))

/** UTF8String: well-formed UTF-8 (RFC 3629); a byte order mark is kept. */
export const utf8String: Schema<string> = text(12, 'UTF8String', utf8)

/** NumericString: digits and space. */
export const numericString: Schema<string> = text(18, 'NumericString', singleOctets(characters('0123456789 ')))

/** PrintableString: letters, digits, space and `'()+,-./:=?` (X.680 section 41.4). */
export const printableString: Schema<string> = text(19, 'PrintableString', singleOctets(printable))

/** TeletexString (T61String), read as ISO 8859-1 as the field does, not as T.61 with its escape sequences. */
export const teletexString: Schema<string> = text(20, 'TeletexString', singleOctets(range(0, 0xff)))

/** VideotexString: its octets as code points 0 to 255. */
export const videotexString: Schema<string> = text(21, 'VideotexString', singleOctets(range(0, 0xff)))

/** IA5String: ASCII, control characters included. */
export const ia5String: Schema<string> = text(22, 'IA5String', lowAscii)

/** GraphicString: its octets as code points 0 to 255. */
export const graphicString: Schema<string> = text(25, 'GraphicString', singleOctets(range(0, 0xff)))

/** VisibleString (ISO646String): ASCII from space to tilde. */
export const visibleString: Schema<string> = text(26, 'VisibleString', singleOctets(range(0x20, 0x7e)))

/** GeneralString: its octets as code points 0 to 255; Kerberos uses ASCII (RFC 4120 section 5.2.1). */
export const generalString: Schema<string> = text(27, 'GeneralString', singleOctets(range(0, 0xff)))

/** UniversalString: UCS-4. */
export const universalString: Schema<string> = text(28, 'UniversalString', ucs4)

/** BMPString: characters of the basic multilingual plane, two octets each. */
export const bmpString: Schema<string> = text(30, 'BMPString', bmp)

/** ObjectDescriptor: its octets as code points 0 to 255. */
export const objectDescriptor: Schema<string> = text(7, 'ObjectDescriptor', singleOctets(range(0, 0xff)))
