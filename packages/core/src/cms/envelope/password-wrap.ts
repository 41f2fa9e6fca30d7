import { type CipherScheme, cipherAlgorithm } from '../../algorithms/index.js'
import { concatBytes } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { EncryptionBackend, RandomSource } from '../../ports/index.js'

/*
 * The key wrap of RFC 3211 section 2.3: the key with its length and three check octets, encrypted twice in CBC mode
 * without padding. The backends pad, so the padding is cut off, or made with one more block.
 */

/** Wraps a content-encryption key (3 to 255 octets) under a key made from a password. */
export async function wrapWithPassword(
  deps: { readonly crypto: EncryptionBackend; readonly random: RandomSource },
  scheme: CipherScheme,
  kek: Uint8Array,
  key: Uint8Array,
): Promise<Uint8Array> {
  const block = cipherAlgorithm(scheme.name).ivLength
  const used = 4 + key.length
  const padding = Math.max(2 * block, Math.ceil(used / block) * block) - used
  const [a = 0, b = 0, c = 0] = key
  const check = Uint8Array.of(key.length, a ^ 0xff, b ^ 0xff, c ^ 0xff)
  const data = concatBytes(check, key, padding === 0 ? new Uint8Array(0) : deps.random.bytes(padding))
  const encrypt = async (iv: Uint8Array, plain: Uint8Array) =>
    (await deps.crypto.encrypt(scheme.name, { key: kek, iv }, plain)).subarray(0, plain.length)
  const once = await encrypt(scheme.iv, data)
  return encrypt(once.subarray(once.length - block), once)
}

/**
 * Unwraps what `wrapWithPassword` gives.
 *
 * @throws CertwrightError `decryption` when the password or the wrapped key is wrong.
 */
export async function unwrapWithPassword(
  crypto: EncryptionBackend,
  scheme: CipherScheme,
  kek: Uint8Array,
  wrapped: Uint8Array,
): Promise<Uint8Array> {
  const block = cipherAlgorithm(scheme.name).ivLength
  if (wrapped.length < 2 * block || wrapped.length > 512 || wrapped.length % block !== 0) throw wrongPassword()
  const last = wrapped.subarray(wrapped.length - block)
  const before = wrapped.subarray(wrapped.length - 2 * block, wrapped.length - block)
  // The last block of the first pass is the initialization vector of the second.
  const iv = await decryptBlocks(crypto, scheme, kek, before, last)
  const once = await decryptBlocks(crypto, scheme, kek, iv, wrapped)
  const data = await decryptBlocks(crypto, scheme, kek, scheme.iv, once)
  const [length = 0, a = 0, b = 0, c = 0, x = 0, y = 0, z = 0] = data
  const isRight = ((a ^ x ^ 0xff) | (b ^ y ^ 0xff) | (c ^ z ^ 0xff)) === 0 && length >= 3 && length <= data.length - 4
  if (!isRight) throw wrongPassword()
  return data.slice(4, 4 + length)
}

/** CBC without padding: a block that decrypts to padding is put behind. */
async function decryptBlocks(
  crypto: EncryptionBackend,
  { name }: CipherScheme,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array> {
  const last = data.subarray(data.length - iv.length)
  const padding = await crypto.encrypt(name, { key, iv: last }, new Uint8Array(0))
  return crypto.decrypt(name, { key, iv }, concatBytes(data, padding))
}

const wrongPassword = (): CertwrightError =>
  new CertwrightError('decryption', 'the content cannot be decrypted with this key')
