import type { CipherOptions } from '../ports/index.js'

/** PITABLE, RFC 2268 section 2: a permutation of the octets. */
const pi = Uint8Array.from(
  Buffer.from(
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
      '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
      '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
      '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
      '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
      'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
      '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
      '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
    'hex',
  ),
)

/** Expands a key of 5 to 16 octets, all of whose bits count (RFC 2268 section 2), to 64 words of 16 bits. */
function expandKey(key: Uint8Array): Uint16Array {
  const octets = new Uint8Array(128)
  octets.set(key)
  for (let i = key.length; i < 128; i += 1) {
    octets[i] = pi[((octets[i - 1] ?? 0) + (octets[i - key.length] ?? 0)) & 0xff] ?? 0
  }
  octets[128 - key.length] = pi[octets[128 - key.length] ?? 0] ?? 0
  for (let i = 127 - key.length; i >= 0; i -= 1) {
    octets[i] = pi[(octets[i + 1] ?? 0) ^ (octets[i + key.length] ?? 0)] ?? 0
  }
  return Uint16Array.from({ length: 64 }, (_, i) => (octets[2 * i] ?? 0) | ((octets[2 * i + 1] ?? 0) << 8))
}

const shifts = [1, 2, 3, 5] as const
const rotateLeft = (word: number, by: number): number => ((word << by) | (word >>> (16 - by))) & 0xffff
/** After these rounds the words are also mashed with the key (RFC 2268 section 3.1). */
const isMashed = (round: number): boolean => round === 4 || round === 10

/** One block of four words, in place. */
function encryptBlock(key: Uint16Array, block: Uint16Array): void {
  const at = (i: number): number => block[i & 3] ?? 0
  for (let round = 0; round < 16; round += 1) {
    for (let i = 0; i < 4; i += 1) {
      const mixed = at(i) + (key[4 * round + i] ?? 0) + (at(i + 3) & at(i + 2)) + (~at(i + 3) & at(i + 1))
      block[i] = rotateLeft(mixed & 0xffff, shifts[i as 0 | 1 | 2 | 3])
    }
    if (isMashed(round)) for (let i = 0; i < 4; i += 1) block[i] = at(i) + (key[at(i + 3) & 63] ?? 0)
  }
}

/** The inverse of `encryptBlock`. */
function decryptBlock(key: Uint16Array, block: Uint16Array): void {
  const at = (i: number): number => block[i & 3] ?? 0
  for (let round = 15; round >= 0; round -= 1) {
    if (isMashed(round)) for (let i = 3; i >= 0; i -= 1) block[i] = at(i) - (key[at(i + 3) & 63] ?? 0)
    for (let i = 3; i >= 0; i -= 1) {
      const word = rotateLeft(at(i), 16 - shifts[i as 0 | 1 | 2 | 3])
      block[i] = word - (key[4 * round + i] ?? 0) - (at(i + 3) & at(i + 2)) - (~at(i + 3) & at(i + 1))
    }
  }
}

const wordsOf = (data: Uint8Array, offset: number): Uint16Array =>
  Uint16Array.from({ length: 4 }, (_, i) => (data[offset + 2 * i] ?? 0) | ((data[offset + 2 * i + 1] ?? 0) << 8))

/** RC2 in CBC mode, encryption: for tests of what old programs write. */
export function rc2Encrypt({ key, iv }: CipherOptions, data: Uint8Array): Uint8Array {
  const padding = 8 - (data.length % 8)
  const output = new Uint8Array(data.length + padding).fill(padding)
  output.set(data)
  const words = expandKey(key)
  let chain = wordsOf(iv, 0)
  for (let offset = 0; offset < output.length; offset += 8) {
    const block = wordsOf(output, offset).map((word, i) => word ^ (chain[i] ?? 0))
    encryptBlock(words, block)
    output.set(octetsOf(block), offset)
    chain = block
  }
  return output
}

/**
 * RC2 in CBC mode, decryption: PKCS #12 files and mail of old programs, which no crypto library has any more.
 *
 * @throws Error when the length or the padding is wrong; the caller makes it a `decryption` error.
 */
export function rc2Decrypt({ key, iv }: CipherOptions, data: Uint8Array): Uint8Array {
  if (data.length === 0 || data.length % 8 !== 0) throw new Error('not a whole number of blocks')
  const words = expandKey(key)
  const output = new Uint8Array(data.length)
  let chain = wordsOf(iv, 0)
  for (let offset = 0; offset < data.length; offset += 8) {
    const next = wordsOf(data, offset)
    const block = Uint16Array.from(next)
    decryptBlock(words, block)
    output.set(octetsOf(block.map((word, i) => word ^ (chain[i] ?? 0))), offset)
    chain = next
  }
  const padding = output.at(-1) ?? 0
  const isPadded = padding >= 1 && padding <= 8 && output.subarray(-padding).every((octet) => octet === padding)
  if (!isPadded) throw new Error('wrong padding')
  return output.slice(0, output.length - padding)
}

const octetsOf = (block: Uint16Array): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, i) => (block[i >> 1] ?? 0) >> (i % 2 === 0 ? 0 : 8))
