import type { CertificateQuery, CertificateRecord, CertificateStore, IssuanceIntent } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, digestOf, hostileStrings, sampleIntent, sampleIssued } from './samples.js'
import { expectCode } from './subject.js'

/** Tests of the search. */
export function findTests(store: () => CertificateStore): void {
  const issue = async (name: string, changes: Partial<IssuanceIntent> = {}) => {
    const intent = sampleIntent(name, changes)
    await store().reserve(intent)
    return store().complete(intent.issuer, intent.serial, sampleIssued(intent))
  }
  const subjectsOf = async (query: CertificateQuery) => (await store().find(query)).items.map(({ subject }) => subject)
  conditionTests(store, issue, subjectsOf)
  statusTests(store, issue, subjectsOf)
  pageTests(store, issue)
}

type Issue = (name: string, changes?: Partial<IssuanceIntent>) => Promise<CertificateRecord>

type SubjectsOf = (query: CertificateQuery) => Promise<readonly string[]>

function conditionTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('newest first, whole records', async () => {
    const old = await issue('old', { createdAt: at(1) })
    const recent = await issue('recent', { createdAt: at(3) })
    const middle = await issue('middle', { createdAt: at(2) })
    expect(await store().find({})).toEqual({ items: [recent, middle, old] })
  })
  test('each condition by itself, and all together', async () => {
    const odd: Partial<IssuanceIntent> = { issuer: 'test~odd', profile: 'odd', requester: 'odd' }
    const found = await issue('odd', odd)
    for (const name of ['a', 'b', 'c']) await issue(name)
    const all = {
      issuer: 'test~odd',
      profile: 'odd',
      requester: 'odd',
      subjectDer: found.subjectDer,
      fingerprint: found.fingerprint ?? '',
      publicKeyDigest: found.publicKeyDigest,
    }
    for (const [field, value] of Object.entries(all)) expect(await subjectsOf({ [field]: value })).toEqual(['CN=odd'])
    expect(await subjectsOf({ ...all, status: 'issued' })).toEqual(['CN=odd'])
    expect(await subjectsOf({ ...all, status: 'revoked' })).toEqual([])
    expect(await subjectsOf({ ...all, publicKeyDigest: digestOf('another') })).toEqual([])
    expect(await subjectsOf({ fingerprint: 'no digest' })).toEqual([])
  })
  test('the end of validity: before is earlier, valid at includes the moment', async () => {
    for (const end of [99, 100, 101]) await issue(`${end}`, { notAfter: at(end), createdAt: at(end) })
    expect(await subjectsOf({ expiresBefore: at(100) })).toEqual(['CN=99'])
    expect(await subjectsOf({ validAt: at(100) })).toEqual(['CN=101', 'CN=100'])
    expect(await subjectsOf({ validAt: at(100), expiresBefore: at(101) })).toEqual(['CN=100'])
  })
  test.each(hostileStrings)('text matches itself only: %s', async (_, text) => {
    await issue('hostile', { requester: text })
    await issue('plain')
    expect(await subjectsOf({ requester: text })).toEqual(['CN=hostile'])
  })
}

function statusTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('records that are only reserved are shown when asked for', async () => {
    await store().reserve(sampleIntent('reserved'))
    await issue('issued')
    expect(await subjectsOf({})).toEqual(['CN=issued'])
    expect(await subjectsOf({ requester: 'alice' })).toEqual(['CN=issued'])
    expect(await subjectsOf({ status: 'reserved' })).toEqual(['CN=reserved'])
  })
  test('by status', async () => {
    for (const name of ['issued', 'held', 'revoked']) await issue(name)
    const { issuer, serial } = sampleIntent('held')
    await store().changeStatus(issuer, serial, { from: ['issued'], to: 'held', reason: 'certificateHold', at: at(1) })
    await store().changeStatus(issuer, sampleIntent('revoked').serial, {
      from: ['issued'],
      to: 'revoked',
      reason: 'unspecified',
      at: at(1),
    })
    for (const status of ['issued', 'held', 'revoked'] as const) {
      expect(await subjectsOf({ status })).toEqual([`CN=${status}`])
    }
  })
}

function pageTests(store: () => CertificateStore, issue: Issue): void {
  test('pages hold every record once, also where creation times are equal', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, i) => issue(`${i}`, { createdAt: at(i % 3) })))
    const whole = (await store().find({})).items
    expect(whole).toHaveLength(25)
    for (const limit of [1, 7, 24, 25, 26]) expect(await allPages(store(), {}, limit)).toEqual(whole)
  })
  test('pages stay in place when records come in between', async () => {
    for (let i = 0; i < 6; i++) await issue(`${i}`, { createdAt: at(i) })
    const first = await store().find({}, { limit: 3 })
    await issue('newer', { createdAt: at(100) })
    await issue('older', { createdAt: at(-100) })
    const second = await store().find({}, { limit: 10, ...(first.next === undefined ? {} : { after: first.next }) })
    expect(first.items.map(({ subject }) => subject)).toEqual(['CN=5', 'CN=4', 'CN=3'])
    expect(second.items.map(({ subject }) => subject)).toEqual(['CN=2', 'CN=1', 'CN=0', 'CN=older'])
    expect(second).not.toHaveProperty('next')
  })
  test('a page has 100 records when nothing is said', async () => {
    await Promise.all(Array.from({ length: 101 }, (_, i) => issue(`${i}`)))
    expect((await store().find({})).items).toHaveLength(100)
  })
  test('a limit or cursor that is none is refused', async () => {
    for (const limit of [0, -1, 1.5, 1001, Number.NaN]) await expectCode(store().find({}, { limit }), 'limit')
    for (const after of [
      '',
      'x',
      '!',
      "' or 1=1",
      btoa('[1,2]'),
      btoa('["certificates",1]'),
      btoa('["records","k"]'),
    ]) {
      await expectCode(store().find({}, { after }), 'configuration', 'limit')
    }
  })
}

async function allPages(store: CertificateStore, query: CertificateQuery, limit: number): Promise<CertificateRecord[]> {
  const all: CertificateRecord[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await store.find(query, { limit, ...(after === undefined ? {} : { after }) })
    expect(items.length).toBeLessThanOrEqual(limit)
    all.push(...items)
    if (next === undefined) return all
    after = next
  }
}
