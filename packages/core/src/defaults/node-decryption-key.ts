import { constants, createPublicKey, diffieHellman, type KeyObject, privateDecrypt } from 'node:crypto'
import { CertwrightError } from '../errors.js'
import type { DecryptionKey } from '../ports/index.js'
import { toArray } from './arrays.js'
import { decryptionError } from './node-ciphers.js'
import { importPublicKey } from './public-key-cache.js'
import { unpadOaep, unpadPkcs1 } from './rsa-unpadding.js'

/**
 * A `DecryptionKey` over a private key in memory: RSA, elliptic curves, X25519 or X448.
 *
 * @throws CertwrightError `key` when the key cannot decrypt (Ed25519 and its like).
 */
export function keyObjectDecryptionKey(privateKey: KeyObject): DecryptionKey {
  const publicKey = toArray(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
  const type = privateKey.asymmetricKeyType
  if (type === 'rsa') return Object.freeze({ publicKey, decryptRsa: rsaDecryption(privateKey) })
  if (type === 'ec' || type === 'x25519' || type === 'x448') {
    return Object.freeze({ publicKey, agree: (peer: Uint8Array) => agree(privateKey, peer) })
  }
  throw new CertwrightError('key', 'this kind of private key cannot decrypt')
}

/** OpenSSL 3.0 refuses PKCS #1 v1.5 padding here (Node 20): the padding comes off in `unpadPkcs1`. */
function rsaDecryption(key: KeyObject): NonNullable<DecryptionKey['decryptRsa']> {
  const size = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
  const bare = (ciphertext: Uint8Array): Uint8Array => {
    if (ciphertext.length !== size) throw decryptionError()
    return attempt(() => toArray(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext)))
  }
  const secret = privateExponent(key, size)
  return (encryption, ciphertext) => {
    if (encryption.scheme === 'pkcs1') return unpadPkcs1(bare(ciphertext), secret, ciphertext)
    const { hash, mgfHash, label } = encryption
    if (hash !== mgfHash) return unpadOaep(bare(ciphertext), hash, mgfHash, label)
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash, oaepLabel: Buffer.from(label) }
    return attempt(() => toArray(privateDecrypt(options, ciphertext)))
  }
}

/** The private exponent, as long as the modulus. */
function privateExponent(key: KeyObject, size: number): Uint8Array {
  const octets = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  const padded = new Uint8Array(size)
  padded.set(octets, size - octets.length)
  return padded
}

function agree(privateKey: KeyObject, peer: Uint8Array): Uint8Array {
  const publicKey = importPublicKey(peer)
  if (publicKey === undefined) throw decryptionError()
  return attempt(() => toArray(diffieHellman({ privateKey, publicKey })))
}

function attempt<T>(operation: () => T): T {
  try {
    return operation()
  } catch (cause) {
    throw decryptionError(cause)
  }
}
