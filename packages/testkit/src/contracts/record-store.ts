import type { JsonValue, RecordStore } from '@certwright/core/ports'
import { describe, expect, test } from 'vitest'
import { recordLossTests } from './connection-loss.js'
import { leaseTests } from './record-lease.js'
import { listTests } from './record-list.js'
import { at, hostileStrings } from './samples.js'
import { eachSubject, expectCode, type MakeSubject, race } from './subject.js'

const now = at(0)

/**
 * Every promise of the `RecordStore` port as tests of vitest. Call it at the top level of a test file.
 *
 * @param name of the adapter, for the report
 * @param make a fresh, empty store for each test
 */
export function recordStoreContract(name: string, make: MakeSubject<RecordStore>): void {
  describe(`${name} keeps the RecordStore contract`, () => {
    const present = eachSubject(make)
    const store = () => present().subject
    describe('get, put', () => putTests(store))
    describe('consume', () => consumeTests(store))
    describe('expiry, sweep', () => expiryTests(store))
    describe('list', () => listTests(store))
    describe('lost connections', () => recordLossTests(present))
    describe('leases', () => leaseTests(store))
    describe('values and names', () => valueTests(store))
  })
}

function putTests(store: () => RecordStore): void {
  test('a record is absent, then there, then another', async () => {
    expect(await store().get('c', 'k', now)).toBeUndefined()
    expect(await store().put('c', 'k', { a: 1 }, 0, now)).toBe(1)
    expect(await store().get('c', 'k', now)).toEqual({ version: 1, value: { a: 1 }, expiresAt: null })
    expect(await store().put('c', 'k', [2], 1, now, { expiresAt: at(9) })).toBe(2)
    expect(await store().get('c', 'k', now)).toEqual({ version: 2, value: [2], expiresAt: at(9) })
    expect(await store().put('c', 'k', null, 2, now)).toBe(3)
    expect(await store().get('c', 'k', now)).toEqual({ version: 3, value: null, expiresAt: null })
  })
  test('another version than expected is a conflict, and nothing changes', async () => {
    for (const expected of [1, -1, 7]) await expectCode(store().put('c', 'k', 'x', expected, now), 'conflict')
    await store().put('c', 'k', 'kept', 0, now, { index: { colour: 'red' } })
    for (const expected of [0, 2, 9]) await expectCode(store().put('c', 'k', 'x', expected, now), 'conflict')
    expect(await store().get('c', 'k', now)).toEqual({ version: 1, value: 'kept', expiresAt: null })
    const { items } = await store().list('c', now, { by: { name: 'colour', value: 'red' } })
    expect(items).toHaveLength(1)
  })
  test('collections do not share keys', async () => {
    await store().put('c', 'k', 1, 0, now)
    await store().put('ck', 'k', 2, 0, now)
    expect(await store().get('c', 'k', now)).toMatchObject({ value: 1 })
    expect(await store().get('k', 'c', now)).toBeUndefined()
  })
  test('of 64 writers with one expectation one succeeds', async () => {
    for (const expected of [0, 1, 2]) {
      const { values, errors } = await race(64, (i) =>
        store().put('c', 'k', i, expected, now, i % 2 === 0 ? {} : { index: { writer: String(i) } }),
      )
      expect(values).toEqual([expected + 1])
      expect(errors).toHaveLength(63)
      for (const error of errors) expect(error).toMatchObject({ code: 'conflict' })
    }
  })
  test('64 counters at once lose nothing', async () => {
    const increment = async (): Promise<void> => {
      const present = await store().get('c', 'counter', now)
      try {
        await store().put('c', 'counter', Number(present?.value ?? 0) + 1, present?.version ?? 0, now)
      } catch (error) {
        expect(error).toMatchObject({ code: 'conflict' })
        await increment()
      }
    }
    const { errors } = await race(64, increment)
    expect(errors).toEqual([])
    expect(await store().get('c', 'counter', now)).toMatchObject({ version: 64, value: 64 })
  })
}

function consumeTests(store: () => RecordStore): void {
  test('the record comes back once and is gone', async () => {
    await store().put('c', 'k', { once: true }, 0, now, { expiresAt: at(9), index: { a: 'b' } })
    expect(await store().consume('c', 'k', now)).toEqual({ version: 1, value: { once: true }, expiresAt: at(9) })
    expect(await store().consume('c', 'k', now)).toBeUndefined()
    expect(await store().get('c', 'k', now)).toBeUndefined()
    expect((await store().list('c', now, { by: { name: 'a', value: 'b' } })).items).toEqual([])
    expect(await store().put('c', 'k', 'new', 0, now)).toBe(1)
  })
  test('of 64 consumers one gets it', async () => {
    await store().put('c', 'k', 'secret', 0, now)
    const { values, errors } = await race(64, () => store().consume('c', 'k', now))
    expect(errors).toEqual([])
    expect(values.filter((value) => value !== undefined)).toHaveLength(1)
  })
  test('a writer and a consumer at once: never both', async () => {
    for (let round = 0; round < 16; round++) {
      const key = `k${round}`
      await store().put('c', key, 'old', 0, now)
      const [written, consumed] = await Promise.allSettled([
        store().put('c', key, 'new', 1, now),
        store().consume('c', key, now),
      ])
      const present = await store().get('c', key, now)
      expect(consumed.status).toBe('fulfilled')
      expect(present).toBeUndefined()
      if (consumed.status === 'fulfilled') {
        expect(consumed.value?.value).toBe(written.status === 'fulfilled' ? 'new' : 'old')
      }
    }
  })
}

function expiryTests(store: () => RecordStore): void {
  test('at its moment a record counts as absent, a millisecond earlier not', async () => {
    await store().put('c', 'k', 1, 0, now, { expiresAt: at(100) })
    expect(await store().get('c', 'k', at(99))).toBeDefined()
    expect((await store().list('c', at(99))).items).toHaveLength(1)
    expect(await store().get('c', 'k', at(100))).toBeUndefined()
    expect((await store().list('c', at(100))).items).toEqual([])
    expect(await store().consume('c', 'k', at(100))).toBeUndefined()
    await expectCode(store().put('c', 'k', 2, 1, at(100)), 'conflict')
    expect(await store().consume('c', 'k', at(99))).toBeDefined()
  })
  test('an expired record makes way for a new one, whose terms replace its own', async () => {
    await store().put('c', 'k', 'old', 0, now, { expiresAt: at(100), index: { age: 'old' } })
    expect(await store().put('c', 'k', 'new', 0, at(100))).toBe(1)
    expect(await store().get('c', 'k', at(200))).toEqual({ version: 1, value: 'new', expiresAt: null })
    expect((await store().list('c', at(200), { by: { name: 'age', value: 'old' } })).items).toEqual([])
  })
  test('a write without expiry takes it away', async () => {
    await store().put('c', 'k', 1, 0, now, { expiresAt: at(100) })
    await store().put('c', 'k', 2, 1, now)
    expect(await store().get('c', 'k', at(1000))).toMatchObject({ version: 2 })
  })
  test('of 64 writers over an expired record one succeeds', async () => {
    await store().put('c', 'k', 'old', 0, now, { expiresAt: at(100), index: { a: 'b' } })
    const { values } = await race(64, (i) => store().put('c', 'k', i, 0, at(100), { index: { a: 'b' } }))
    expect(values).toEqual([1])
  })
  test('sweep deletes what has expired, at most as many as it may', async () => {
    for (let i = 0; i < 10; i++) await store().put('c', `k${i}`, i, 0, now, { expiresAt: at(i), index: { a: 'b' } })
    await store().put('c', 'for ever', 1, 0, now)
    expect(await store().sweep(at(4), 3)).toBe(3)
    expect(await store().sweep(at(4))).toBe(2)
    expect(await store().sweep(at(4))).toBe(0)
    expect((await store().list('c', now, { by: { name: 'a', value: 'b' } })).items).toHaveLength(5)
    expect(await store().get('c', 'for ever', at(4))).toBeDefined()
    await expectCode(store().sweep(now, 0), 'limit')
  })
}

function valueTests(store: () => RecordStore): void {
  const values: readonly (readonly [string, JsonValue])[] = [
    ['null', null],
    ['numbers', [0, -1, 1.5, 1e300, 2 ** 53, Number.MIN_VALUE]],
    ['nesting', { a: [{ b: [[], {}] }], '': { __proto__: null } }],
    ['order of names', { b: 1, a: 2 }],
    ...hostileStrings.map(([name, text]) => [name, { [text]: text }] as const),
  ]
  test.each(values)('a value comes back as it was: %s', async (_, value) => {
    await store().put('c', 'k', value, 0, now)
    const record = await store().get('c', 'k', now)
    expect(JSON.stringify(record?.value)).toBe(JSON.stringify(value))
  })
  test.each(hostileStrings)('a name is like no other: %s', async (_, text) => {
    const twin = `${text}x`
    await store().put(text, text, 1, 0, now, { index: { [text]: text } })
    await store().put(text, twin, 2, 0, now, { index: { [text]: twin } })
    const found = await store().list(text, now, { by: { name: text, value: text } })
    expect(found.items.map(({ key }) => key)).toEqual([text])
    expect((await store().list(text, now)).items.map(({ key }) => key)).toEqual([text, twin])
    expect(await store().consume(text, text, now)).toMatchObject({ value: 1 })
  })
  test('a value of 1 MiB is kept, one octet more is refused', async () => {
    const value = 'x'.repeat(1024 * 1024 - 2)
    await store().put('c', 'k', value, 0, now)
    expect((await store().get('c', 'k', now))?.value).toBe(value)
    await expectCode(store().put('c', 'k', `${value}x`, 1, now), 'limit')
    await expectCode(store().put('c', 'k2', '\u00e9'.repeat(600_000), 0, now), 'limit')
    expect(await store().get('c', 'k', now)).toMatchObject({ version: 1 })
  })
  test('names of the greatest length are kept, longer and empty ones refused', async () => {
    for (const character of ['x', '\uffff', '\u0000', '\udfff', '\ue000']) {
      const name = character.repeat(512)
      await store().put(name, name, 1, 0, now, { index: { [name]: character.repeat(10_000) } })
      const { items } = await store().list(name, now, { by: { name, value: character.repeat(10_000) } })
      expect(items.map(({ key }) => key)).toEqual([name])
    }
    for (const name of ['', 'x'.repeat(513)]) {
      await expectCode(store().put(name, 'k', 1, 0, now), 'limit')
      await expectCode(store().put('c', name, 1, 0, now), 'limit')
    }
  })
}
