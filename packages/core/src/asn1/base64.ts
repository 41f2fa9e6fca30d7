import { CertwrightError } from '../errors.js'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const padding = 0x3d
const invalid = 0xff
const blank = 0xfe

const values = new Uint8Array(128).fill(invalid)
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value
for (const space of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]) values[space] = blank

/** Options of {@link decodeBase64}. */
export interface DecodeBase64Options {
  /** Accept white space anywhere, missing padding and non-zero unused bits. Default `false`: RFC 4648 section 4 exactly. */
  readonly lenient?: boolean
}

/** Base64 with padding and without line breaks (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const a = bytes[index] as number
    const b = bytes[index + 1]
    const c = bytes[index + 2]
    text += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | ((b ?? 0) >> 4))
    text += b === undefined ? '=' : alphabet.charAt(((b & 15) << 2) | ((c ?? 0) >> 6))
    text += c === undefined ? '=' : alphabet.charAt(c & 63)
    if (text.length > 8192) {
      parts.push(text)
      text = ''
    }
  }
  return parts.join('') + text
}

/**
 * Reads base64 text.
 *
 * @throws CertwrightError `asn1` for a character outside the alphabet, wrong padding or non-canonical unused bits.
 */
export function decodeBase64(text: string, options: DecodeBase64Options = {}): Uint8Array {
  const lenient = options.lenient === true
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let bits = 0
  let count = 0
  let index = 0
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === padding) break
    const value = code < 128 ? (values[code] as number) : invalid
    if (value === blank && lenient) continue
    if (value > 63) throw malformed(`a character outside the alphabet at position ${index}`)
    bits = ((bits << 6) | value) & 0xffffff
    if ((++count & 3) !== 0) continue
    bytes[length++] = bits >> 16
    bytes[length++] = (bits >> 8) & 0xff
    bytes[length++] = bits & 0xff
  }
  checkPadding(text.slice(index), count & 3, lenient)
  return bytes.subarray(0, finish(bytes, length, bits, count & 3, lenient))
}

function checkPadding(rest: string, remainder: number, lenient: boolean): void {
  const found = lenient ? rest.replaceAll(/[\s]/g, '') : rest
  const wanted = '='.repeat((4 - remainder) & 3)
  if (remainder === 1) throw malformed('a single character left over')
  if (found !== wanted && !(lenient && found === '')) throw malformed('wrong padding')
}

function finish(bytes: Uint8Array, length: number, bits: number, remainder: number, lenient: boolean): number {
  if (remainder === 0) return length
  const unused = remainder === 2 ? 4 : 2
  if (!lenient && (bits & ((1 << unused) - 1)) !== 0) throw malformed('unused bits that are not zero')
  if (remainder === 2) {
    bytes[length] = (bits >> 4) & 0xff
    return length + 1
  }
  bytes[length] = (bits >> 10) & 0xff
  bytes[length + 1] = (bits >> 2) & 0xff
  return length + 2
}

const malformed = (what: string): CertwrightError => new CertwrightError('asn1', `base64 has ${what}`)
