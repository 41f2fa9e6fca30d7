import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type HashName, hashAlgorithm } from '../algorithms/index.js'
import { decryptionError } from './node-ciphers.js'

/** All ones when `value`, which is between 0 and 2^31, is zero; else zero. Without a branch. */
const isZero = (value: number): number => ((value | -value) >> 31) ^ -1

/** All ones when a < b, both between 0 and 2^30; else zero. */
const isLess = (a: number, b: number): number => (a - b) >> 31

const select = (mask: number, a: number, b: number): number => (a & mask) | (b & ~mask)

/** The pseudorandom function of implicit rejection: HMAC-SHA-256 in counter mode over a label and the length in bits. */
function expand(key: Uint8Array, label: string, length: number): Uint8Array {
  const output = new Uint8Array(length)
  const bits = [(length * 8) >> 8, (length * 8) & 0xff]
  for (let counter = 0; counter * 32 < length; counter += 1) {
    const block = createHmac('sha256', key)
      .update(Uint8Array.of(counter >> 8, counter & 0xff))
      .update(label)
      .update(Uint8Array.from(bits))
      .digest()
    output.set(block.subarray(0, Math.min(32, length - counter * 32)), counter * 32)
  }
  return output
}

/** Among 128 candidates the last that fits, so that the length of the substitute is well spread. */
function substituteLength(key: Uint8Array, most: number): number {
  const candidates = expand(key, 'length', 256)
  const mask = 2 ** Math.ceil(Math.log2(most + 1)) - 1
  let length = 0
  for (let index = 0; index < 256; index += 2) {
    const candidate = (((candidates[index] ?? 0) << 8) | (candidates[index + 1] ?? 0)) & mask
    length = select(isLess(candidate, most), candidate, length)
  }
  return length
}

/**
 * Takes the PKCS #1 v1.5 padding (RFC 8017 section 7.2.2) off the result of the bare RSA operation. Padding that is
 * wrong gives a substitute that depends on the private key and the ciphertext only, chosen without branches, as OpenSSL
 * 3.2 does it (implicit rejection): a caller who tells wrong from right has nothing to tell.
 *
 * @param encoded the encoded message, as long as the modulus
 * @param secret octets that nobody can know without the private key
 * @param ciphertext the ciphertext, as long as the modulus
 */
export function unpadPkcs1(encoded: Uint8Array, secret: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const size = encoded.length
  const key = createHmac('sha256', createHash('sha256').update(secret).digest()).update(ciphertext).digest()
  const substitute = expand(key, 'message', size)
  const substituteStart = size - substituteLength(key, size - 10)

  let good = isZero(encoded[0] ?? 1) & isZero((encoded[1] ?? 0) ^ 2)
  let found = 0
  let separator = 0
  for (let index = 2; index < size; index += 1) {
    const zero = isZero(encoded[index] ?? 1)
    separator = select(~found & zero, index, separator)
    found |= zero
  }
  good &= found & ~isLess(separator, 10)

  const start = select(good, separator + 1, substituteStart)
  const output = new Uint8Array(size)
  for (let index = 0; index < size; index += 1) {
    output[index] = select(good, encoded[index] ?? 0, substitute[index] ?? 0)
  }
  return output.slice(start)
}

/** MGF1, RFC 8017 appendix B.2.1. */
export function mgf1(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const size = hashAlgorithm(hash).length
  const mask = new Uint8Array(Math.ceil(length / size) * size)
  for (let counter = 0; counter * size < length; counter += 1) {
    const octets = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)
    mask.set(createHash(hash).update(seed).update(octets).digest(), counter * size)
  }
  return mask.subarray(0, length)
}

/** Octets of `a` and `b`, one xor the other. */
export const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((octet, index) => octet ^ (b[index] ?? 0))

/**
 * Takes the OAEP encoding (RFC 8017 section 7.1.2) off, for the case that the mask uses another hash than the label,
 * which `node:crypto` cannot be told. All checks are made before the answer, and fail alike.
 *
 * @throws CertwrightError `decryption` when anything is wrong.
 */
export function unpadOaep(encoded: Uint8Array, hash: HashName, mgfHash: HashName, label: Uint8Array): Uint8Array {
  const { length } = hashAlgorithm(hash)
  if (encoded.length < 2 * length + 2) throw decryptionError()
  const maskedSeed = encoded.subarray(1, 1 + length)
  const maskedData = encoded.subarray(1 + length)
  const seed = xor(maskedSeed, mgf1(mgfHash, maskedData, length))
  const data = xor(maskedData, mgf1(mgfHash, seed, maskedData.length))
  const labelHash = createHash(hash).update(label).digest()
  let good = isZero(encoded[0] ?? 1) & (timingSafeEqual(data.subarray(0, length), labelHash) ? -1 : 0)
  let found = 0
  let separator = 0
  for (let index = length; index < data.length; index += 1) {
    const octet = data[index] ?? 0
    const one = isZero(octet ^ 1)
    good &= found | one | isZero(octet)
    separator = select(~found & one, index, separator)
    found |= one
  }
  if ((good & found) === 0) throw decryptionError()
  return data.slice(separator + 1)
}
