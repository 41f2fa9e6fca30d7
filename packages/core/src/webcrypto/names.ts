import { type AnySignatureAlgorithm, describePublicKey, type HashName } from '../algorithms/index.js'
import { notAvailable, type WebCryptoAlgorithm } from './engine.js'

const hashes: Readonly<Partial<Record<HashName, string>>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/**
 * The WebCrypto name of a hash.
 *
 * @throws CertwrightError `algorithm` for those that WebCrypto does not have.
 */
export function hashName(name: HashName): string {
  const found = hashes[name]
  if (found === undefined) throw notAvailable(`the hash ${name}`)
  return found
}

/** Named curves with the octets of a coordinate. */
export const curves = {
  p256: { namedCurve: 'P-256', size: 32 },
  p384: { namedCurve: 'P-384', size: 48 },
  p521: { namedCurve: 'P-521', size: 66 },
} as const

/** How a signature algorithm is called when its key is imported, and when it is used. */
export interface SignatureNames {
  readonly key: WebCryptoAlgorithm
  readonly use: WebCryptoAlgorithm
  /** For ECDSA: octets of each of the two numbers of a signature. */
  readonly size?: number
}

/**
 * The names of a signature algorithm for a key.
 *
 * @throws CertwrightError `algorithm` for those that WebCrypto does not have, and for a key that is malformed.
 */
export function signatureNames(
  { name, family, parameters, hash }: AnySignatureAlgorithm,
  publicKey: Uint8Array,
  saltLength: number,
): SignatureNames {
  if (family === 'rsa' && hash !== null) {
    const key = { name: parameters === 'pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: hashName(hash) }
    return { key, use: parameters === 'pss' ? { name: key.name, saltLength } : { name: key.name } }
  }
  if (family === 'ecdsa' && hash !== null) {
    const { namedCurve, size } = curves[describePublicKey(publicKey).curve ?? 'p256']
    return { key: { name: 'ECDSA', namedCurve }, use: { name: 'ECDSA', hash: hashName(hash) }, size }
  }
  if (family === 'ed25519') return { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } }
  if (family === 'ed448') return { key: { name: 'Ed448' }, use: { name: 'Ed448' } }
  throw notAvailable(`the signature algorithm ${name}`)
}

/**
 * How a key for agreement is imported and used, with the bits of its secret.
 *
 * @throws CertwrightError `algorithm` for keys that do not agree, or not in WebCrypto.
 */
export function agreementNames(publicKey: Uint8Array): { readonly key: WebCryptoAlgorithm; readonly bits: number } {
  const { family, curve } = describePublicKey(publicKey)
  if (family === 'ecdsa' && curve !== undefined) {
    const { namedCurve, size } = curves[curve]
    return { key: { name: 'ECDH', namedCurve }, bits: size * 8 }
  }
  if (family === 'x25519') return { key: { name: 'X25519' }, bits: 256 }
  throw notAvailable(`key agreement with a ${family} key`)
}
