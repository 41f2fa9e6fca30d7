import { execFileSync } from 'node:child_process'
import { fromHex, toHex } from '@certwright/core/asn1'
import { nodeCrypto } from '@certwright/core/defaults'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const zeros = new Uint8Array(8)
const openssl = (cipher: string, key: string, iv: string, data: Uint8Array): string => {
  const args = ['enc', '-provider', 'legacy', '-provider', 'default', `-${cipher}`, '-K', key, '-iv', iv]
  return execFileSync('openssl', args, { input: data }).toString('hex')
}

describe('RC2', () => {
  // RFC 2268 section 5: those whose effective key length is the length of the key.
  it.each([
    ['ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
    ['88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
  ])('key %s', async (key, plaintext, ciphertext) => {
    const options = { key: fromHex(key), iv: zeros }
    const encrypted = await nodeCrypto.encrypt('rc2-cbc', options, fromHex(plaintext))
    expect(toHex(encrypted.subarray(0, 8))).toBe(ciphertext)
    expect(toHex(await nodeCrypto.decrypt('rc2-cbc', options, encrypted))).toBe(plaintext)
  })

  it.each([
    ['rc2-cbc', '88bca90e90875a7f0f79c384627bafb2'],
    ['rc2-64-cbc', '88bca90e90875a7f'],
    ['rc2-40-cbc', '88bca90e90'],
  ])('agrees with openssl: %s', async (cipher, key) => {
    const iv = '0001020304050607'
    for (const length of [0, 1, 7, 8, 9, 100]) {
      const data = Uint8Array.from({ length }, (_, index) => index * 7)
      const options = { key: fromHex(key), iv: fromHex(iv) }
      const encrypted = await nodeCrypto.encrypt('rc2-cbc', options, data)
      expect(toHex(encrypted)).toBe(openssl(cipher, key, iv, data))
    }
  })

  it('round-trips whatever is given', async () => {
    const octets = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength })
    await fc.assert(
      fc.asyncProperty(octets(5, 16), octets(8, 8), octets(0, 200), async (key, iv, data) => {
        const encrypted = await nodeCrypto.encrypt('rc2-cbc', { key, iv }, data)
        expect(toHex(await nodeCrypto.decrypt('rc2-cbc', { key, iv }, encrypted))).toBe(toHex(data))
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['half a block', '00112233'],
    ['wrong padding', '2269552ab0f85ca6'],
  ])('refuses %s', (_what, data) => {
    const options = { key: fromHex('88bca90e90875a7f0f79c384627bafb2'), iv: zeros }
    expect(() => nodeCrypto.decrypt('rc2-cbc', options, fromHex(data))).toThrow(
      expect.objectContaining({ code: 'decryption' }),
    )
  })
})
