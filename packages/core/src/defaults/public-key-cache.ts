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

function importKey(octets: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: octets, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/** The cache of this process: keys are public, so sharing them tells nobody anything. */
export const importPublicKey = publicKeyCache()
