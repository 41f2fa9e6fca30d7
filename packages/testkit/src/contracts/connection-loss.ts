import type { CertificateStore, RecordStore } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, sampleIntent, sampleIssued } from './samples.js'
import { collect, race, type Subject } from './subject.js'

/** Callers at once, and how often the connection is cut while they work. */
const callers = 48
const cuts = 5
/** How often a call is made again that failed. */
const tries = 50

/** Calls until it works; anything but `store` is told. A subject that cannot be interrupted never fails. */
async function untilDone<T>(call: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await call()
    } catch (error) {
      expect(error).toMatchObject({ code: 'store' })
      if (left === 0) throw error
    }
  }
}

async function cutting(subject: Subject<unknown>, work: Promise<unknown>): Promise<void> {
  for (let i = 0; i < cuts; i++) {
    await subject.interrupt?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await work
}

/** Tests of an inventory whose connection breaks while calls are under way. */
export function certificateLossTests(present: () => Subject<CertificateStore>): void {
  test('calls made again after a lost connection are answered as second calls', async () => {
    const { subject: store } = present()
    const issued: string[] = []
    const work = race(callers, async (i) => {
      const intent = sampleIntent(`${i}`, { names: [`DNS:${i}`] })
      await untilDone(() => store.reserve(intent))
      const { fingerprint } = await untilDone(() => store.complete(intent.issuer, intent.serial, sampleIssued(intent)))
      issued.push(`${intent.serial} ${fingerprint}`)
    })
    await cutting(present(), work)
    expect((await work).errors).toEqual([])
    const { items } = await untilDone(() => store.find({}, { limit: 1000 }))
    expect(items.map(({ serial, fingerprint }) => `${serial} ${fingerprint}`).sort()).toEqual(issued.sort())
    expect((await store.events({ limit: 1000 })).items).toHaveLength(callers)
    for (let i = 0; i < callers; i++) expect((await store.find({ name: `DNS:${i}` })).items).toHaveLength(1)
  })
  test('a list that is left early or breaks off leaves nothing behind', async () => {
    const { subject: store, interrupt } = present()
    const change = { from: ['issued'], to: 'revoked', reason: 'superseded', at: at(1) } as const
    for (let i = 0; i < 3; i++) {
      const intent = sampleIntent(`${i}`)
      await store.reserve(intent)
      await store.complete(intent.issuer, intent.serial, sampleIssued(intent))
      await store.changeStatus(intent.issuer, intent.serial, change)
    }
    for (let i = 0; i < 20; i++) for await (const _ of store.revoked('test~ca')) break
    await interrupt?.()
    expect(await untilDone(() => collect(store.revoked('test~ca')))).toHaveLength(3)
  })
}

/** Tests of records whose connection breaks while calls are under way. */
export function recordLossTests(present: () => Subject<RecordStore>): void {
  test('a secret is consumed once at most, whatever breaks meanwhile', async () => {
    const { subject: store } = present()
    await store.put('c', 'secret', 1, 0, at(0), { index: { a: 'b' } })
    const work = race(callers, () => untilDone(() => store.consume('c', 'secret', at(0))))
    await cutting(present(), work)
    const { values, errors } = await work
    expect(errors).toEqual([])
    expect(values.filter((value) => value !== undefined).length).toBeLessThanOrEqual(1)
    expect(await untilDone(() => store.get('c', 'secret', at(0)))).toBeUndefined()
    expect((await store.list('c', at(0), { by: { name: 'a', value: 'b' } })).items).toEqual([])
  })
  test('a counter that is written with an expected version loses and invents nothing', async () => {
    const { subject: store } = present()
    const increment = async (i: number): Promise<void> => {
      const found = await untilDone(() => store.get('c', 'counter', at(0)))
      const seen = Array.isArray(found?.value) ? found.value : []
      if (seen.includes(i)) return // an earlier try did it, and its answer was lost
      const options = { index: { last: `${i}` } }
      const put = store.put('c', 'counter', [...seen, i], found?.version ?? 0, at(0), options)
      await put.catch((error: unknown) => {
        expect(['conflict', 'store']).toContain((error as { readonly code?: string }).code)
        return increment(i)
      })
    }
    const work = race(16, increment)
    await cutting(present(), work)
    expect((await work).errors).toEqual([])
    const found = await untilDone(() => store.get('c', 'counter', at(0)))
    const seen = Array.isArray(found?.value) ? found.value.map(Number) : []
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i))
    expect(found?.version).toBe(16)
  })
}
