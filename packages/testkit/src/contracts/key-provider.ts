import { createPublicKey, verify } from 'node:crypto'
import { CertwrightError } from '@certwright/core/errors'
import type { KeyProvider, Signer, SigningKeyType } from '@certwright/core/ports'
import { describe, expect, test } from 'vitest'
import { hostileStrings } from './samples.js'
import { eachTest, expectCode, type MakeSubject, race } from './subject.js'

const message = new TextEncoder().encode('to be signed')

/**
 * Every promise of the `KeyProvider` and `Signer` ports as tests of vitest. Signatures are verified with `node:crypto`,
 * which the provider may not be.
 *
 * @param name of the adapter, for the report
 * @param make a fresh, empty provider for each test
 * @param options `types`: the key types to make; when absent those of the provider but the slow RSA ones above 2048 bits
 */
export function keyProviderContract(
  name: string,
  make: MakeSubject<KeyProvider>,
  options: { readonly types?: readonly SigningKeyType[] } = {},
): void {
  describe(`${name} keeps the KeyProvider contract`, () => {
    const keys = eachTest(make)
    lifeTests(keys)
    idTests(keys)
    signingTests(keys, options.types)
  })
}

function lifeTests(keys: () => KeyProvider): void {
  test('a key is made, found again, listed, removed', async () => {
    const type = fastest(keys())
    expect(await keys().open('a')).toBeUndefined()
    const made = await keys().generate('a', type)
    await keys().generate('b', type)
    const opened = await keys().open('a')
    expect(opened?.publicKey).toEqual(made.publicKey)
    expect(opened?.algorithm).toBe(made.algorithm)
    expect([...(await keys().list())].sort()).toEqual(['a', 'b'])
    expect(await keys().remove('a')).toBe(true)
    expect(await keys().remove('a')).toBe(false)
    expect(await keys().open('a')).toBeUndefined()
    expect(await keys().list()).toEqual(['b'])
  })
  test('an id that exists is a conflict, and its key stays', async () => {
    const type = fastest(keys())
    const made = await keys().generate('a', type)
    await expectCode(keys().generate('a', type), 'conflict')
    expect((await keys().open('a'))?.publicKey).toEqual(made.publicKey)
  })
  test('of 8 that make one key at once one succeeds', async () => {
    const { values, errors } = await race(8, () => keys().generate('a', fastest(keys())))
    expect([values.length, errors.length]).toEqual([1, 7])
    for (const error of errors) expect(error).toMatchObject({ code: 'conflict' })
    expect((await keys().open('a'))?.publicKey).toEqual(values[0]?.publicKey)
  })
  test('a type that the provider does not make is refused', async () => {
    const missing = allTypes.filter((type) => !keys().keyTypes.has(type))
    for (const type of missing) await expectCode(keys().generate('a', type), 'algorithm')
    expect(await keys().list()).toEqual([])
  })
}

function idTests(keys: () => KeyProvider): void {
  test('every id keeps to itself or is refused', async () => {
    const type = fastest(keys())
    const kept = ['a']
    const made = await keys().generate('a', type)
    for (const id of [...hostileStrings.map(([, text]) => text), '../../x', 'A', '.', '..']) {
      const error: unknown = await keys()
        .generate(id, type)
        .then(
          () => undefined,
          (reason: unknown) => reason,
        )
      if (error === undefined) kept.push(id)
      else expect(error, JSON.stringify(id)).toBeInstanceOf(CertwrightError)
      expect([...(await keys().list())].sort(), JSON.stringify(id)).toEqual([...kept].sort())
    }
    expect((await keys().open('a'))?.publicKey).toEqual(made.publicKey)
  })
}

const allTypes: readonly SigningKeyType[] = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'ed25519',
  'ed448',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
]
const slowTypes: ReadonlySet<SigningKeyType> = new Set(['rsa-3072', 'rsa-4096'])

function signingTests(keys: () => KeyProvider, types: readonly SigningKeyType[] | undefined): void {
  test('every type signs, and nothing else verifies', async () => {
    const made = types ?? allTypes.filter((type) => keys().keyTypes.has(type) && !slowTypes.has(type))
    expect(made.length).toBeGreaterThan(0)
    for (const type of made) {
      const signer = await keys().generate(type, type)
      const again = await keys().open(type)
      for (const each of [signer, again]) {
        if (!each) throw new Error(`the key of type ${type} is not there`)
        const signature = await each.sign(message)
        expect(verifies(each, message, signature), type).toBe(true)
        expect(verifies(each, new Uint8Array([...message, 0]), signature), type).toBe(false)
      }
    }
  })
}

/** The key type that takes the least time. */
function fastest({ keyTypes }: KeyProvider): SigningKeyType {
  const type = allTypes.find((candidate) => keyTypes.has(candidate))
  if (!type) throw new Error('the provider makes no key of a known type')
  return type
}

function verifies({ algorithm, publicKey }: Signer, data: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
  const [, hash = null] = /-(sha\d+)$/.exec(algorithm) ?? []
  if (!algorithm.startsWith('rsa-pss')) return verify(hash, data, key, signature)
  // RSASSA-PSS with a salt as long as the hash (RFC 4055 section 3.1, RFC 8446 section 4.2.3).
  return verify(hash, data, { key, padding: 6, saltLength: -1 }, signature)
}
