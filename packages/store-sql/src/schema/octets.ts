import { createHash } from 'node:crypto'

/** SHA-256 of octets, or of the JSON of names: a key of fixed length for an index. */
export function sha256(data: Uint8Array | readonly string[]): Uint8Array {
  const input = data instanceof Uint8Array ? data : JSON.stringify(data)
  return plainOctets(createHash('sha256').update(input).digest())
}

/** Octets of a driver (a `Buffer`, often part of a larger one) as an array of our own. */
export function plainOctets(data: Uint8Array): Uint8Array {
  return new Uint8Array(data)
}

/** Hexadecimal text to octets. */
export function hexOctets(hex: string): Uint8Array {
  return plainOctets(Buffer.from(hex, 'hex'))
}

/** Octets to lower-case hexadecimal text. */
export function octetsHex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex')
}
