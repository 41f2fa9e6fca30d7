import type { EncryptionBackend } from '../ports/index.js'
import { hashAlgorithm } from './hashes.js'
import type { HashName } from './names.js'

/** What these derivations need. */
export type IteratedHashBackend = Pick<EncryptionBackend, 'digest' | 'digestRepeatedly'>

/** The parameters of the key derivation of PKCS #12. */
export interface Pkcs12KdfOptions {
  /** What the octets are for: the diversifier ID 1, 2 or 3 (RFC 7292 appendix B.3). */
  readonly purpose: 'key' | 'iv' | 'mac'
  readonly salt: Uint8Array
  /** At least 1. */
  readonly iterations: number
  /** Octets to derive. */
  readonly length: number
}

const purposes = { key: 1, iv: 2, mac: 3 } as const

/**
 * The key derivation of PKCS #12, RFC 7292 appendix B.2.
 *
 * @param password the octets of a BMPString with its two zero octets at the end (appendix B.1), or none
 */
export async function pkcs12Kdf(
  crypto: IteratedHashBackend,
  hash: HashName,
  password: Uint8Array,
  { purpose, salt, iterations, length }: Pkcs12KdfOptions,
): Promise<Uint8Array> {
  const { length: size, blockLength } = hashAlgorithm(hash)
  const saltBlocks = repeated(salt, blockLength)
  // First the diversifier, then I: the salt and the password, each repeated to whole blocks.
  const input = new Uint8Array(blockLength + saltBlocks.length + repeatedLength(password, blockLength))
  input.fill(purposes[purpose], 0, blockLength)
  input.set(saltBlocks, blockLength)
  input.set(repeated(password, blockLength), blockLength + saltBlocks.length)
  const output = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += size) {
    const digest = await iterated(crypto, hash, input, iterations)
    output.set(digest.subarray(0, length - offset), offset)
    if (offset + size < length) addToBlocks(input.subarray(blockLength), repeated(digest, blockLength, 1), blockLength)
  }
  return output
}

/**
 * PBKDF1, RFC 8018 section 5.1: `length` octets, at most those of the hash.
 */
export async function pbkdf1(
  crypto: IteratedHashBackend,
  hash: HashName,
  password: Uint8Array,
  { salt, iterations, length }: { readonly salt: Uint8Array; readonly iterations: number; readonly length: number },
): Promise<Uint8Array> {
  const input = new Uint8Array(password.length + salt.length)
  input.set(password)
  input.set(salt, password.length)
  return (await iterated(crypto, hash, input, iterations)).slice(0, length)
}

async function iterated(
  crypto: IteratedHashBackend,
  hash: HashName,
  input: Uint8Array,
  iterations: number,
): Promise<Uint8Array> {
  if (crypto.digestRepeatedly !== undefined) return crypto.digestRepeatedly(hash, input, iterations)
  let digest: Uint8Array = input
  for (let count = 0; count < iterations; count += 1) {
    const next = crypto.digest(hash, digest)
    // To await what is there already would triple the time.
    digest = next instanceof Uint8Array ? next : await next
  }
  return digest
}

const repeatedLength = (octets: Uint8Array, blockLength: number): number =>
  Math.ceil(octets.length / blockLength) * blockLength

/** The octets over and over until they fill whole blocks; of nothing, nothing. */
function repeated(octets: Uint8Array, blockLength: number, blocks?: number): Uint8Array {
  const length = blocks === undefined ? repeatedLength(octets, blockLength) : blocks * blockLength
  const result = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += octets.length) {
    result.set(octets.subarray(0, Math.min(octets.length, length - offset)), offset)
  }
  return result
}

/** Each block becomes (block + `addend` + 1) mod 2^(8 * blockLength), in place. */
function addToBlocks(blocks: Uint8Array, addend: Uint8Array, blockLength: number): void {
  for (let start = 0; start < blocks.length; start += blockLength) {
    let carry = 1
    for (let index = blockLength - 1; index >= 0; index -= 1) {
      carry += (blocks[start + index] ?? 0) + (addend[index] ?? 0)
      blocks[start + index] = carry & 0xff
      carry >>>= 8
    }
  }
}
