import { describePublicKey } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'

/** The key of a log, read. */
export interface LogKey {
  /** SHA-256 of the key: how timestamps name the log (RFC 6962 section 3.2). */
  readonly logId: Uint8Array
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly algorithm: 'ecdsa-sha256' | 'rsa-pkcs1-sha256'
  /** SignatureAlgorithm of TLS 1.2 (RFC 5246 section 7.4.1.4.1). */
  readonly signatureAlgorithm: 1 | 3
}

/** HashAlgorithm of TLS 1.2: SHA-256, the only one that logs use. */
export const sha256Code = 4

const smallestRsa = 2048

/**
 * Reads the key of a log: ECDSA on P-256, or RSA of at least 2048 bits (RFC 6962 section 2.1.4).
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws CertwrightError `algorithm` for another key, `asn1` for a malformed one.
 */
export async function readLogKey(crypto: CryptoBackend, publicKey: Uint8Array): Promise<LogKey> {
  const scheme = checkLogKey(publicKey)
  return { logId: await crypto.digest('sha256', publicKey), publicKey, ...scheme }
}

/**
 * How a key of a log signs.
 *
 * @throws as `readLogKey` does
 */
export function checkLogKey(publicKey: Uint8Array): Pick<LogKey, 'algorithm' | 'signatureAlgorithm'> {
  const { family, curve, bits, pss } = describePublicKey(publicKey)
  if (family === 'ecdsa' && curve === 'p256') return { algorithm: 'ecdsa-sha256', signatureAlgorithm: 3 }
  if (family === 'rsa' && bits >= smallestRsa && pss === undefined) {
    return { algorithm: 'rsa-pkcs1-sha256', signatureAlgorithm: 1 }
  }
  throw new CertwrightError('algorithm', 'the key of a log is ECDSA on P-256 or RSA of at least 2048 bits')
}
