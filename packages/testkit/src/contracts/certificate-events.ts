import type { CertificateEvent, CertificateStore, EventRequest, StatusChange } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, sampleIntent, sampleIssued } from './samples.js'
import { expectCode, race } from './subject.js'

const issuer = 'test~ca'
const hold: StatusChange = { from: ['issued'], to: 'held', reason: 'certificateHold', at: at(10) }
const release: StatusChange = { from: ['held'], to: 'issued', at: at(20) }
const revoke: StatusChange = { from: ['issued', 'held'], to: 'revoked', reason: 'keyCompromise', at: at(30) }

/** Tests of the event feed. */
export function eventTests(store: () => CertificateStore): void {
  const issue = async (name: string, changes: Parameters<typeof sampleIntent>[1] = {}) => {
    const intent = sampleIntent(name, changes)
    await store().reserve(intent)
    return store().complete(intent.issuer, intent.serial, sampleIssued(intent))
  }
  contentTests(store, issue)
  filterTests(store, issue)
  followTests(store, issue)
}

type Issue = (
  name: string,
  changes?: Parameters<typeof sampleIntent>[1],
) => Promise<{ readonly issuer: string; readonly serial: string }>

function contentTests(store: () => CertificateStore, issue: Issue): void {
  test('one event for each completion and each change, in their order', async () => {
    await store().reserve(sampleIntent('never completed'))
    const { serial } = await issue('one')
    await store().changeStatus(issuer, serial, hold)
    const next = await issue('two', { previousSerial: serial })
    await store().changeStatus(issuer, serial, release)
    await store().changeStatus(issuer, serial, revoke)
    const { items, next: more } = await store().events()
    expect(items).toEqual([
      { type: 'issued', issuer, serial, at: at(5), reason: null },
      { type: 'held', issuer, serial, at: at(10), reason: 'certificateHold' },
      { type: 'issued', issuer, serial: next.serial, at: at(5), reason: null, previousSerial: serial },
      { type: 'released', issuer, serial, at: at(20), reason: null },
      { type: 'revoked', issuer, serial, at: at(30), reason: 'keyCompromise' },
    ])
    expect(more).toBeUndefined()
  })
  test('what does not happen leaves no event', async () => {
    const { serial } = await issue('one')
    const intent = sampleIntent('one')
    await store().reserve(intent)
    await store().complete(issuer, serial, sampleIssued(intent, 'again'))
    await expectCode(store().changeStatus(issuer, serial, release), 'conflict')
    await expectCode(store().changeStatus(issuer, 'abcd', hold), 'conflict')
    expect((await store().events()).items.map(({ type }) => type)).toEqual(['issued'])
  })
  test('of 64 changes at once each that happened has an event', async () => {
    const { serial } = await issue('one')
    const { values } = await race(64, (i) =>
      store().changeStatus(issuer, serial, [hold, release, revoke][i % 3] ?? hold),
    )
    expect((await store().events()).items).toHaveLength(1 + values.length)
  })
}

function filterTests(store: () => CertificateStore, issue: Issue): void {
  test('of one issuer, and changes only', async () => {
    const { serial } = await issue('one')
    const other = await issue('other', { issuer: 'test~other' })
    await store().changeStatus(issuer, serial, hold)
    await store().changeStatus(other.issuer, other.serial, revoke)
    const kinds = async (request: EventRequest) =>
      (await store().events(request)).items.map((event) => `${event.type} ${event.issuer}`)
    expect(await kinds({ issuer })).toEqual(['issued test~ca', 'held test~ca'])
    expect(await kinds({ changesOnly: true })).toEqual(['held test~ca', 'revoked test~other'])
    expect(await kinds({ changesOnly: true, issuer: 'test~other' })).toEqual(['revoked test~other'])
    expect(await kinds({ issuer: 'test~none' })).toEqual([])
  })
  test('a limit or position that is none is refused', async () => {
    for (const limit of [0, -1, 1.5, 1001, Number.NaN]) await expectCode(store().events({ limit }), 'limit')
    for (const after of ['', 'x', "' or 1=1", btoa('["events"]'), btoa('["certificates",1,1]')]) {
      await expectCode(store().events({ after }), 'configuration')
    }
  })
}

function followTests(store: () => CertificateStore, issue: Issue): void {
  test('a position is good for ever: after it come exactly the later events', async () => {
    const empty = await store().events()
    expect(empty.items).toEqual([])
    for (let i = 0; i < 5; i++) await issue(`${i}`)
    const all = (await store().events()).items
    expect((await store().events({ after: empty.position })).items).toEqual(all)
    for (const limit of [1, 2, 4, 5, 6]) expect(await readAll(store(), limit)).toEqual(all)
    const { position } = await store().events()
    expect(await store().events({ after: position })).toEqual({ items: [], position })
    const { serial } = await issue('later')
    expect((await store().events({ after: position })).items).toMatchObject([{ type: 'issued', serial }])
  })
  test('who follows while 64 callers write sees every event once, issuance first', async () => {
    const writing = race(64, async (i) => {
      const { serial } = await issue(`${i}`)
      await store().changeStatus(issuer, serial, i % 2 === 0 ? hold : revoke)
    })
    const seen: CertificateEvent[] = []
    for (let after: string | undefined; seen.length < 128; ) {
      const page = await store().events({ limit: 10, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items)
      after = page.position
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await writing).errors).toEqual([])
    expect(new Set(seen.map(({ type, serial }) => `${type} ${serial}`)).size).toBe(128)
    const known = new Set<string>()
    for (const { type, serial } of seen) expect(known.has(serial)).toBe(type !== 'issued' || !known.add(serial))
  })
}

async function readAll(store: CertificateStore, limit: number): Promise<CertificateEvent[]> {
  const all: CertificateEvent[] = []
  for (let after: string | undefined; ; ) {
    const page = await store.events({ limit, ...(after === undefined ? {} : { after }) })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    all.push(...page.items)
    if (page.next === undefined) return all
    expect(page.next).toBe(page.position)
    after = page.next
  }
}
