import { utf8String } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12, type Pkcs12Contents, type Pkcs12Options } from '@certwright/core/cms'
import { nodeCrypto, systemDefaults } from '@certwright/core/defaults'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chain, openChain } from './support.js'

let made: Chain
beforeAll(() => {
  made = openChain()
})
afterAll(() => made.work.remove())

const name = fc.option(fc.string({ unit: 'grapheme', maxLength: 40 }), { nil: undefined })
const iterations = fc.integer({ min: 1, max: 20 })
const hash = fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256')
const options: fc.Arbitrary<Pkcs12Options> = fc.oneof(
  fc.record({
    encryption: fc.record({
      derivation: fc.oneof(
        fc.record({ kind: fc.constant('pbkdf2'), hash, iterations }),
        fc.record({ kind: fc.constant('scrypt'), cost: fc.constantFrom(2, 16), parallelization: fc.constant(1) }),
      ),
      cipher: fc.constantFrom('aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'),
    }),
    mac: fc.record({ kind: fc.constantFrom('pkcs12', 'pbmac1'), hash, iterations }),
  }),
  fc.constant({ legacy: true }),
)
const octets = fc.uint8Array({ minLength: 1, maxLength: 20 })
const named = (friendlyName: string | undefined) => (friendlyName === undefined ? {} : { friendlyName })

const contents: fc.Arbitrary<Pkcs12Contents> = fc
  .record({
    keys: fc.uniqueArray(fc.nat(1), { maxLength: 2 }),
    depth: fc.nat(3),
    names: fc.tuple(name, name, name),
    ids: fc.tuple(octets, octets),
    trusted: fc.boolean(),
    crls: fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 2 }),
    secret: fc.option(fc.string({ unit: 'grapheme' })),
  })
  .map(({ keys, depth, names, ids, trusted, crls, secret }) => ({
    keys: keys.map((index) => {
      const { key = new Uint8Array(), certificate = new Uint8Array() } = made.devices[index] ?? {}
      const certificates = [certificate, made.issuing, made.root].slice(0, depth)
      const localKeyId = ids[index === 0 ? 0 : 1]
      return { privateKey: key, certificates, localKeyId, ...named(names[index === 0 ? 0 : 1]) }
    }),
    // Without key or chain they stand alone; otherwise they are listed when they say something of their own.
    certificates: trusted ? [{ certificate: made.root, ...named(names[2]), trusted: true }] : [],
    crls,
    secrets: secret === null ? [] : [{ type: '1.2.3.4', value: utf8String.encode(secret), ...named(names[2]) }],
  }))

describe('PKCS #12', () => {
  it('gives back what it was given, and is closed to other passwords', async () => {
    await fc.assert(
      fc.asyncProperty(
        contents,
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        options,
        async (given, password, other, how) => {
          const file = await encodePkcs12(systemDefaults, given, password, how)
          const read = await decodePkcs12({ crypto: nodeCrypto }, file, password)
          const expected = given.keys?.map((key) => {
            // The root completes a chain when it is in the file at all.
            const isWhole = key.certificates?.length === 2 && (given.certificates?.length ?? 0) > 0
            return isWhole ? { ...key, certificates: [...(key.certificates ?? []), made.root] } : key
          })
          expect(read.keys).toEqual(expected)
          expect(read).toEqual({ ...given, keys: expected })
          if (other !== password) {
            await expect(decodePkcs12({ crypto: nodeCrypto }, file, other)).rejects.toMatchObject({
              code: 'decryption',
            })
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives CRLs and everything else a place of its own', async () => {
    const empty = await encodePkcs12(systemDefaults, {}, '')
    expect(await decodePkcs12(systemDefaults, empty, '')).toEqual({ keys: [], certificates: [], crls: [], secrets: [] })
  })
})
