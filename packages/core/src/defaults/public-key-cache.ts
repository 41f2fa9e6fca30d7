import { createPublicKey, type KeyObject } from 'node:crypto'

/** Importing a key costs more than verifying with it; a CA verifies each of its own signatures with one key. */
const capacity = 64

/**
 * Imports DER SubjectPublicKeyInfo structures and remembers the latest ones by their octets.
 *
 * @returns a function that answers `undefined` for what OpenSSL does not take as a key
 */
function publicKeyCache(): (publicKey: Uint8Array) => KeyObject | undefined {
  const latest = new Map<string, KeyObject>()
  return (publicKey) => {
    const octets = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.byteLength)
    const id = octets.toString('latin1')
    const key = latest.get(id) ?? importKey(octets)
    if (key === undefined) return undefined
    latest.delete(id)
    latest.set(id, key)
    if (latest.size > capacity) latest.delete(latest.keys().next().value ?? id)
    return key
  }
}

/** What comes before the coordinates in the DER of an uncompressed point on a named curve (RFC 5480). */
const curves = [
  { crv: 'P-256', size: 32, prefix: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex') },
  { crv: 'P-384', size: 48, prefix: Buffer.from('3076301006072a8648ce3d020106052b8104002203620004', 'hex') },
  { crv: 'P-521', size: 66, prefix: Buffer.from('30819b301006072a8648ce3d020106052b810400230381860004', 'hex') },
]

/**
 * Below Node 22 coordinates are imported in two thirds of the time that the decoder takes for the DER around them. Later the
 * decoder is the faster one: three times in Node 22 and up to thirty times in Node 24.
 */
const prefersCoordinates = Number.parseInt(process.versions.node, 10) < 22

function importPoint(octets: Buffer): KeyObject | undefined {
  const curve = curves.find(
    ({ prefix, size }) => octets.length === prefix.length + 2 * size && prefix.compare(octets, 0, prefix.length) === 0,
  )
  if (curve === undefined) return undefined
  const { crv, size, prefix } = curve
  const x = octets.toString('base64url', prefix.length, prefix.length + size)
  const y = octets.toString('base64url', prefix.length + size)
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' })
}

function importKey(octets: Buffer): KeyObject | undefined {
  try {
    return (
      (prefersCoordinates ? importPoint(octets) : undefined) ??
      createPublicKey({ key: octets, format: 'der', type: 'spki' })
    )
  } catch {
    return undefined
  }
}

/** The cache of this process: keys are public, so sharing them tells nobody anything. */
export const importPublicKey = publicKeyCache()
