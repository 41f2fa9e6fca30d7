import { Asn1Error } from '../asn1/index.js'
import { EcdsaSigValue } from '../x509/index.js'

/** DER ECDSA-Sig-Value (RFC 3279 section 2.2.3) of the two numbers that WebCrypto writes one after the other. */
export function toDerSignature(raw: Uint8Array): Uint8Array {
  const size = raw.length / 2
  return EcdsaSigValue.encode({ r: toNumber(raw.subarray(0, size)), s: toNumber(raw.subarray(size)) })
}

/** The other way round; `undefined` when the signature is malformed or a number does not fit. */
export function fromDerSignature(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const { r, s } = EcdsaSigValue.decode(der)
    const limit = 1n << BigInt(8 * size)
    if (r <= 0n || s <= 0n || r >= limit || s >= limit) return undefined
    const raw = new Uint8Array(2 * size)
    write(raw, r, size)
    write(raw, s, 2 * size)
    return raw
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

function toNumber(octets: Uint8Array): bigint {
  let value = 0n
  for (const octet of octets) value = (value << 8n) | BigInt(octet)
  return value
}

/** Writes a number so that its last octet is before `end`. */
function write(into: Uint8Array, value: bigint, end: number): void {
  for (let at = end - 1, rest = value; rest > 0n; at--, rest >>= 8n) into[at] = Number(rest & 0xffn)
}
