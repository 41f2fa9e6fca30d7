import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto'
import type { RsaEncryption } from '@certwright/core/algorithms'
import { nodeCrypto, openPrivateKey } from '@certwright/core/defaults'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const size = 256
const key = (
  await openPrivateKey(new Uint8Array(pair.privateKey.export({ format: 'der', type: 'pkcs8' })))
).decryptionKey()
const pkcs1: RsaEncryption = { scheme: 'pkcs1' }

async function decrypt(encryption: RsaEncryption, ciphertext: Uint8Array): Promise<Uint8Array> {
  if (key.decryptRsa === undefined) throw new Error('an RSA key decrypts')
  return key.decryptRsa(encryption, ciphertext)
}

/** The ciphertext of an encoded message of our choice. */
const raw = (encoded: Uint8Array): Uint8Array =>
  new Uint8Array(publicEncrypt({ key: pair.publicKey, padding: constants.RSA_NO_PADDING }, encoded))

/** What this Node itself answers to wrong padding; `undefined` where it refuses PKCS #1 v1.5 (OpenSSL 3.0). */
function native(ciphertext: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(privateDecrypt({ key: pair.privateKey, padding: constants.RSA_PKCS1_PADDING }, ciphertext))
  } catch {
    return undefined
  }
}

function encoded(change: (block: Uint8Array) => void): Uint8Array {
  const block = new Uint8Array(size).fill(0xaa)
  block.set([0, 2])
  block[200] = 0
  change(block)
  return block
}

describe('RSA PKCS #1 v1.5 decryption', () => {
  it('gives back messages of every length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: size - 11 }), async (message) => {
        const ciphertext = await nodeCrypto.encryptRsa(pkcs1, key.publicKey, message)
        expect(await decrypt(pkcs1, ciphertext)).toEqual(message)
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, (block: Uint8Array) => void]>([
    ['a first octet that is not 0', (block) => block.set([1])],
    ['a block type of 1', (block) => block.set([0, 1])],
    ['no separator', (block) => block.fill(0xaa, 2)],
    ['a padding of 7 octets', (block) => block.set([0], 9)],
    ['a separator at once', (block) => block.set([0], 2)],
    ['nothing but zeros behind the type', (block) => block.fill(0, 2)],
  ])('answers to %s as to a message, always with the same', async (_what, change) => {
    const ciphertext = raw(encoded(change))
    const answer = await decrypt(pkcs1, ciphertext)
    expect(await decrypt(pkcs1, ciphertext)).toEqual(answer)
    expect(answer.length).toBeLessThanOrEqual(size - 11)
    const other = raw(encoded((block) => [change(block), block.set([0x55], 255)]))
    expect(await decrypt(pkcs1, other)).not.toEqual(answer)
    // OpenSSL 3.2 and newer reject implicitly too, by the same computation.
    expect(native(ciphertext) ?? answer).toEqual(answer)
  })

  it('takes a padding of 8 octets, the shortest that is right', async () => {
    const block = encoded((octets) => octets.set([0], 10))
    expect(await decrypt(pkcs1, raw(block))).toEqual(block.subarray(11))
  })

  it('refuses a ciphertext of another length, or as large as the modulus', async () => {
    for (const ciphertext of [
      new Uint8Array(0),
      new Uint8Array(255),
      new Uint8Array(257),
      new Uint8Array(size).fill(255),
    ]) {
      await expect(decrypt(pkcs1, ciphertext)).rejects.toMatchObject({ code: 'decryption' })
    }
  })
})

describe('RSAES-OAEP with different hashes', () => {
  const mixed = { scheme: 'oaep', hash: 'sha256', mgfHash: 'sha1', label: new Uint8Array(0) } as const
  const maxLength = size - 2 - 2 * 32

  it('gives back messages of every length and label', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength }), fc.uint8Array({ maxLength: 40 }), async (message, label) => {
        const encryption = { ...mixed, label }
        const ciphertext = await nodeCrypto.encryptRsa(encryption, key.publicKey, message)
        expect(await decrypt(encryption, ciphertext)).toEqual(message)
      }),
      { numRuns: 40 },
    )
    const long = new Uint8Array(maxLength + 1)
    expect(() => nodeCrypto.encryptRsa(mixed, key.publicKey, long)).toThrow(
      expect.objectContaining({ code: 'algorithm' }),
    )
  })

  it('refuses another label, another hash and random octets alike', async () => {
    const ciphertext = await nodeCrypto.encryptRsa(mixed, key.publicKey, Uint8Array.of(1, 2, 3))
    const wrong: readonly (readonly [RsaEncryption, Uint8Array])[] = [
      [{ ...mixed, label: Uint8Array.of(1) }, ciphertext],
      [{ ...mixed, mgfHash: 'sha512' }, ciphertext],
      [{ ...mixed, hash: 'sha384' }, ciphertext],
      [{ ...mixed, mgfHash: 'sha256' }, ciphertext],
      [mixed, raw(encoded(() => undefined))],
      [mixed, raw(new Uint8Array([0, ...randomBytes(size - 1)]))],
    ]
    for (const [encryption, octets] of wrong) {
      await expect(decrypt(encryption, octets)).rejects.toMatchObject({
        code: 'decryption',
        message: 'the content cannot be decrypted with this key',
      })
    }
  })
})

describe('the other keys', () => {
  it.each(['ec', 'x25519', 'x448'] as const)('agree on a secret: %s', async (type) => {
    const { privateKey } =
      type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-384' }) : generateKeyPairSync(type as 'x25519')
    const own = (
      await openPrivateKey(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })))
    ).decryptionKey()
    const { sent, secret } = await nodeCrypto.agree(own.publicKey)
    expect(await own.agree?.(sent)).toEqual(secret)
    await expect(async () => own.agree?.(key.publicKey)).rejects.toMatchObject({ code: 'decryption' })
    await expect(async () => own.agree?.(Uint8Array.of(1))).rejects.toMatchObject({ code: 'decryption' })
    expect(() => nodeCrypto.agree(key.publicKey)).toThrow(expect.objectContaining({ code: 'algorithm' }))
  })

  it('that only sign say so', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const signing = await openPrivateKey(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })))
    expect(() => signing.decryptionKey()).toThrow(expect.objectContaining({ code: 'key' }))
    expect(() => signing.signer('ecdsa-sha256')).toThrow(expect.objectContaining({ code: 'key' }))
  })
})
