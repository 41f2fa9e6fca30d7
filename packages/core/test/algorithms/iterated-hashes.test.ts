import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  hashAlgorithms,
  type IteratedHashBackend,
  passwordOctets,
  passwordReadings,
  pbkdf1,
  pkcs12Kdf,
} from '@certwright/core/algorithms'
import { concatBytes, fromHex, toHex } from '@certwright/core/asn1'
import { nodeCrypto } from '@certwright/core/defaults'
import { describe, expect, it } from 'vitest'

const purposeIds = { key: 1, iv: 2, mac: 3 } as const
type Purpose = keyof typeof purposeIds

/** The same derivation by openssl. */
function opensslKdf(
  hash: string,
  password: string,
  salt: string,
  purpose: Purpose,
  iterations: number,
  length: number,
) {
  const options = [`digest:${hash}`, `hexpass:${password}`, `hexsalt:${salt}`, `iter:${iterations}`]
  const args = [...options, `id:${purposeIds[purpose]}`].flatMap((option) => ['-kdfopt', option])
  const printed = execFileSync('openssl', ['kdf', '-keylen', `${length}`, ...args, 'PKCS12KDF'], { encoding: 'utf8' })
  return printed.replaceAll(/[:\s]/g, '').toLowerCase()
}

describe('the key derivation of PKCS #12', () => {
  // Known answers that all implementations share ("smeg", "queeg").
  it.each([
    ['0073006d006500670000', '0a58cf64530d823f', 'key', 1, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['0073006d006500670000', '0a58cf64530d823f', 'iv', 1, '79993dfe048d3b76'],
    ['0073006d006500670000', '3d83c0e4546ac140', 'mac', 1, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
    ['007100750065006500670000', '05dec959acff72f7', 'key', 1000, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['007100750065006500670000', '05dec959acff72f7', 'iv', 1000, '11dedad7758d4860'],
    ['007100750065006500670000', '263216fcc2fab31c', 'mac', 1000, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ] as const)('%s %s %s %i', async (password, salt, purpose, iterations, expected) => {
    const options = { purpose, salt: fromHex(salt), iterations, length: expected.length / 2 }
    expect(toHex(await pkcs12Kdf(nodeCrypto, 'sha1', fromHex(password), options))).toBe(expected)
  })

  it.each(hashAlgorithms.filter(({ name }) => !name.startsWith('shake')))(
    'agrees with openssl for $name',
    async ({ name }) => {
      const long = toHex(
        passwordOctets('a password that is longer than one block of the hash, which makes two of it').bmp,
      )
      for (const [password, salt] of [
        ['0000', '01'],
        ['0078000000', 'ff'.repeat(64)],
        [long, '00112233'.repeat(50)],
      ] as const) {
        for (const [purpose, length] of [
          ['key', 150],
          ['iv', 8],
          ['mac', 64],
        ] as const) {
          const options = { purpose, salt: fromHex(salt), iterations: 3, length }
          const derived = await pkcs12Kdf(nodeCrypto, name, fromHex(password), options)
          expect(toHex(derived)).toBe(opensslKdf(name, password, salt, purpose, 3, length))
        }
      }
    },
  )

  it('needs no more of a backend than hashes, which may come later', async () => {
    const options = { purpose: 'mac', salt: fromHex('263216fcc2fab31c'), iterations: 1000, length: 20 } as const
    const now: IteratedHashBackend = { digest: nodeCrypto.digest }
    const later: IteratedHashBackend = { digest: async (hash, data) => nodeCrypto.digest(hash, data) }
    for (const backend of [now, later, nodeCrypto]) {
      const derived = await pkcs12Kdf(backend, 'sha1', passwordOctets('queeg').bmp, options)
      expect(toHex(derived)).toBe('5ec4c7a80df652294c3925b6489a7ab857c83476')
    }
  })

  it('lets others run in between', async () => {
    let turns = 0
    let done = false
    const count = () => {
      turns += 1
      if (!done) setImmediate(count)
    }
    setImmediate(count)
    const options = { purpose: 'mac', salt: fromHex('00'), iterations: 50_000, length: 20 } as const
    await pkcs12Kdf(nodeCrypto, 'sha1', passwordOctets('x').bmp, options)
    done = true
    expect(turns).toBeGreaterThan(5)
  })
})

describe('PBKDF1', () => {
  it('hashes password and salt again and again', async () => {
    const [password, salt] = [fromHex('70617373776f7264'), fromHex('78578e5a5d63cb06')]
    const derived = await pbkdf1(nodeCrypto, 'sha1', password, { salt, iterations: 1000, length: 16 })
    expect(toHex(derived)).toBe('dc19847e05c64d2faf10ebfb4a3d2a20')
    const once = createHash('sha1').update(concatBytes(password, salt)).digest('hex')
    expect(toHex(await pbkdf1(nodeCrypto, 'sha1', password, { salt, iterations: 1, length: 20 }))).toBe(once)
  })
})

describe('passwords', () => {
  it.each([
    ['', '', '0000'],
    ['smeg', '736d6567', '0073006d006500670000'],
    ['Ä€', 'c384e282ac', '00c420ac0000'],
    ['😀', 'f09f9880', 'd83dde000000'],
  ])('"%s"', (text, utf8, bmp) => {
    const octets = passwordOctets(text)
    expect([toHex(octets.utf8), toHex(octets.bmp)]).toEqual([utf8, bmp])
    expect(passwordReadings(text).map((reading) => toHex(reading.bmp))).toEqual(text === '' ? ['0000', ''] : [bmp])
  })

  it.each([['\ud800'], ['x'.repeat(4097)]])('that cannot be are refused', (text) => {
    expect(() => passwordOctets(text)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })
})
