import { CertwrightError } from '../errors.js'

const hexDigits: readonly string[] = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal, two digits an octet, no separators. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexDigits[byte]
  return text
}

/** Values of the digits by their character codes; -1 for other characters. */
const digitValues = Int8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /^[0-9a-fA-F]$/.test(character) ? Number.parseInt(character, 16) : -1
})

/**
 * Reads hexadecimal of either case, without separators.
 *
 * @throws CertwrightError `asn1` when the text has an odd length or another character.
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw notHex()
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    const high = digitValues[text.charCodeAt(2 * index)] ?? -1
    const low = digitValues[text.charCodeAt(2 * index + 1)] ?? -1
    if (high < 0 || low < 0) throw notHex()
    bytes[index] = (high << 4) | low
  }
  return bytes
}

const notHex = (): CertwrightError => new CertwrightError('asn1', 'expected an even number of hexadecimal digits')

/** Whether two byte strings are the same. Not constant-time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

/** Orders byte strings by octet values, a prefix before its extensions: the order of DER SET OF (X.690 section 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] as number) - (b[index] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** A new byte string of the parts, one after the other. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts)

/** Like `concatBytes`, for more parts than a call can have arguments. @internal */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    const size = part.length
    // A call of `set` costs more than a few octets do.
    if (size > 32) joined.set(part, offset)
    else for (let index = 0; index < size; index++) joined[offset + index] = part[index] as number
    offset += size
  }
  return joined
}
