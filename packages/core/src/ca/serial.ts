import type { RandomSource } from '../ports/index.js'

/**
 * A serial number of 16 octets with 126 random bits (RFC 5280 section 4.1.2.2 allows 20 octets; the CA/Browser Forum
 * asks for 64 random bits). The first bit is clear, so it is positive, and the second is set, so that every serial has
 * the same length and no leading zero octet.
 */
export function drawSerial(random: RandomSource): Uint8Array {
  const serial = random.bytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}
