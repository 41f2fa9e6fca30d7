import type { RecordStore } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at } from './samples.js'
import { expectCode } from './subject.js'

const now = at(0)
type ListOptions = NonNullable<Parameters<RecordStore['list']>[2]>

/** Tests of listings. */
export function listTests(store: () => RecordStore): void {
  const keysOf = async (options: ListOptions = {}) =>
    (await store().list('c', now, options)).items.map(({ key }) => key)
  contentTests(store, keysOf)
  pageTests(store, keysOf)
}

type KeysOf = (options?: ListOptions) => Promise<readonly string[]>

function contentTests(store: () => RecordStore, keysOf: KeysOf): void {
  test('keys come in the order of code points', async () => {
    const keys = ['\u{1f512}', '\uffff', '\ue000', '\ud800', '\u0001', '\u0000', 'é', 'a', 'Z', '10', '9', ' ', 'aa']
    for (const key of keys) await store().put('c', key, key, 0, now)
    const sorted = ['\u0000', '\u0001', ' ', '10', '9', 'Z', 'a', 'aa', 'é', '\ud800', '\ue000', '\uffff', '\u{1f512}']
    expect(await keysOf()).toEqual(sorted)
    expect(await allKeys(store(), { limit: 1 })).toEqual(sorted)
  })
  test('whole records, of this collection only', async () => {
    await store().put('c', 'k', { a: 1 }, 0, now, { expiresAt: at(9) })
    await store().put('other', 'k', 2, 0, now)
    const record = { version: 1, value: { a: 1 }, expiresAt: at(9) }
    expect(await store().list('c', now)).toEqual({ items: [{ key: 'k', record }] })
    expect(await store().list('none', now)).toEqual({ items: [] })
  })
  test('by an index term; each write replaces all of them', async () => {
    await store().put('c', 'k1', 1, 0, now, { index: { colour: 'red', size: 'big' } })
    await store().put('c', 'k2', 2, 0, now, { index: { colour: 'blue', size: 'big' } })
    await store().put('c', 'k3', 3, 0, now)
    expect(await keysOf({ by: { name: 'size', value: 'big' } })).toEqual(['k1', 'k2'])
    expect(await keysOf({ by: { name: 'colour', value: 'red' } })).toEqual(['k1'])
    expect(await keysOf({ by: { name: 'red', value: 'colour' } })).toEqual([])
    await store().put('c', 'k1', 1, 1, now, { index: { colour: 'blue' } })
    expect(await keysOf({ by: { name: 'colour', value: 'blue' } })).toEqual(['k1', 'k2'])
    expect(await keysOf({ by: { name: 'size', value: 'big' } })).toEqual(['k2'])
    await store().put('c', 'k1', 1, 2, now)
    expect(await keysOf({ by: { name: 'colour', value: 'blue' } })).toEqual(['k2'])
  })
}

function pageTests(store: () => RecordStore, keysOf: KeysOf): void {
  test('pages hold every record once and stay in place when records come in between', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `k${String(i).padStart(2, '0')}`)
    for (const key of keys) await store().put('c', key, key, 0, now, { index: { all: 'yes' } })
    const by = { name: 'all', value: 'yes' }
    for (const limit of [1, 5, 11, 12, 13]) {
      expect(await allKeys(store(), { limit })).toEqual(keys)
      expect(await allKeys(store(), { limit, by })).toEqual(keys)
    }
    const { next } = await store().list('c', now, { limit: 6, by })
    await store().put('c', 'k00a', 1, 0, now, { index: { all: 'yes' } })
    await store().put('c', 'k99', 1, 0, now, { index: { all: 'yes' } })
    const rest = await keysOf({ by, ...(next === undefined ? {} : { after: next }) })
    expect(rest).toEqual([...keys.slice(6), 'k99'])
  })
  test('a page has 100 records when nothing is said', async () => {
    for (let i = 0; i < 101; i++) await store().put('c', `k${i}`, i, 0, now)
    expect(await keysOf()).toHaveLength(100)
  })
  test('a limit or cursor that is none is refused', async () => {
    for (const limit of [0, -1, 1.5, 1001, Number.NaN]) await expectCode(store().list('c', now, { limit }), 'limit')
    for (const after of ['', 'x', '!', "' or 1=1", btoa('["records"]'), btoa('["certificates",1,2]')]) {
      await expectCode(store().list('c', now, { after }), 'configuration', 'limit')
    }
  })
}

async function allKeys(store: RecordStore, options: ListOptions): Promise<string[]> {
  const all: string[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await store.list('c', now, { ...options, ...(after === undefined ? {} : { after }) })
    all.push(...items.map(({ key }) => key))
    if (next === undefined) return all
    after = next
  }
}
