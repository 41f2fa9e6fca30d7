import { concatBytes } from '@certwright/core/asn1'

const pieceLength = 100
const ofIndefiniteLength = (tag: number, content: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(tag | 0x20, 0x80), content, Uint8Array.of(0, 0))

/**
 * The BER that programs which write as they go make of DER: constructed types of indefinite length, and long strings of
 * octets in pieces. Content octets stay what they are.
 */
export function toBer(der: Uint8Array): Uint8Array {
  const tag = der[0] ?? 0
  const { start, end } = bounds(der)
  const content = der.subarray(start, end)
  const isOctets = tag === 0x04 || tag === 0x80
  if ((tag & 0x20) !== 0) return ofIndefiniteLength(tag, concatBytes(...elements(content).map(toBer)))
  if (!isOctets || content.length <= pieceLength) return der
  const pieces: Uint8Array[] = []
  for (let offset = 0; offset < content.length; offset += pieceLength) {
    const piece = content.subarray(offset, offset + pieceLength)
    pieces.push(concatBytes(Uint8Array.of(0x04, piece.length), piece))
  }
  return ofIndefiniteLength(tag, concatBytes(...pieces))
}

function elements(content: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let rest = content; rest.length > 0; ) {
    const { end } = bounds(rest)
    found.push(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  return found
}

function bounds(der: Uint8Array): { readonly start: number; readonly end: number } {
  const first = der[1] ?? 0
  const octets = first < 0x80 ? 0 : first & 0x7f
  let length = octets === 0 ? first : 0
  for (let index = 0; index < octets; index += 1) length = length * 256 + (der[2 + index] ?? 0)
  return { start: 2 + octets, end: 2 + octets + length }
}
