import type { Awaitable, CryptoBackend } from '../ports/index.js'
import { SubjectPublicKeyInfo } from '../x509/index.js'

/**
 * The subject key identifier of a public key: the leftmost 160 bits of the SHA-256 hash of the subjectPublicKey bit
 * string's value (RFC 7093 section 2, method 1).
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @returns 20 octets
 */
export async function keyIdentifier(crypto: CryptoBackend, publicKey: Uint8Array): Promise<Uint8Array> {
  const { subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  const hash: Awaitable<Uint8Array> = crypto.digest('sha256', subjectPublicKey.bytes)
  return (await hash).slice(0, 20)
}
