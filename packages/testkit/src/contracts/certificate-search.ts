import type { CertificateQuery, CertificateRecord, CertificateStore, IssuanceIntent } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, hostileStrings, sampleIntent, sampleIssued } from './samples.js'
import { expectCode, race } from './subject.js'

const issuer = 'test~ca'

/** Tests of what people search by: names, tags, links, the end of validity; and of counting. */
export function searchTests(store: () => CertificateStore): void {
  const issue = async (name: string, changes: Partial<IssuanceIntent> = {}) => {
    const intent = sampleIntent(name, changes)
    await store().reserve(intent)
    return store().complete(intent.issuer, intent.serial, sampleIssued(intent))
  }
  const subjectsOf: SubjectsOf = async (query) => {
    const { items } = await store().find(query, { limit: 1000 })
    expect(await store().count(query)).toBe(items.length)
    return items.map(({ subject }) => subject.slice(3))
  }
  nameTests(store, issue, subjectsOf)
  tagTests(store, issue, subjectsOf)
  linkTests(store, issue, subjectsOf)
  expiryTests(store, issue, subjectsOf)
}

type Issue = (name: string, changes?: Partial<IssuanceIntent>) => Promise<CertificateRecord>
type SubjectsOf = (query: CertificateQuery) => Promise<readonly string[]>

function nameTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('by each of its names, exactly, newest first', async () => {
    const names = ['DNS:a.example', 'DNS:b.example', 'IP:192.0.2.1']
    const both = await issue('both', { names, createdAt: at(1) })
    await issue('one', { names: ['DNS:b.example'], createdAt: at(2) })
    expect(both.names).toEqual(names)
    expect((await store().get(issuer, both.serial))?.names).toEqual(names)
    expect(await subjectsOf({ name: 'DNS:a.example' })).toEqual(['both'])
    expect(await subjectsOf({ name: 'DNS:b.example' })).toEqual(['one', 'both'])
    for (const name of ['', 'DNS:', 'DNS:A.EXAMPLE', 'a.example', 'DNS:%'])
      expect(await subjectsOf({ name })).toEqual([])
  })
  test('a name given twice, none, and a thousand long ones', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `URI:https://example.org/${'x'.repeat(1000)}/${i}`)
    await issue('twice', { names: ['DNS:a', 'DNS:a'] })
    await issue('many', { names: many })
    const none = await issue('none', { names: [], tags: [] })
    expect(none).not.toHaveProperty('names')
    expect(await subjectsOf({ name: 'DNS:a' })).toEqual(['twice'])
    expect(await subjectsOf({ name: many[999] ?? '' })).toEqual(['many'])
    await expectCode(store().reserve(sampleIntent('too many', { names: [...many, 'DNS:a'] })), 'limit')
  })
  test('with other conditions, and in pages', async () => {
    for (let i = 0; i < 9; i++) await issue(`${i}`, { names: ['DNS:a'], createdAt: at(i % 2), profile: `p${i % 3}` })
    await store().reserve(sampleIntent('reserved', { names: ['DNS:a'] }))
    expect(await subjectsOf({ name: 'DNS:a', profile: 'p1', issuer })).toEqual(['7', '1', '4'])
    expect(await subjectsOf({ name: 'DNS:a', issuer: 'test~other' })).toEqual([])
    const first = await store().find({ name: 'DNS:a' }, { limit: 5 })
    const rest = await store().find({ name: 'DNS:a' }, first.next === undefined ? {} : { after: first.next })
    expect([first.items.length, rest.items.length]).toEqual([5, 4])
    expect([...first.items, ...rest.items]).toEqual((await store().find({ name: 'DNS:a' })).items)
  })
  test.each(hostileStrings)('a name or tag matches itself only: %s', async (_, text) => {
    await issue('hostile', { names: [text], tags: [text] })
    await issue('plain', { names: [`${text}x`], tags: [`${text}x`] })
    expect(await subjectsOf({ name: text })).toEqual(['hostile'])
    expect(await subjectsOf({ tags: [text] })).toEqual(['hostile'])
    expect((await store().find({ name: text })).items[0]).toMatchObject({ names: [text], tags: [text] })
  })
  test('by serial, of any issuer', async () => {
    const { serial } = await issue('one')
    await issue('two', { issuer: 'test~other', serial })
    expect([...(await subjectsOf({ serial }))].sort()).toEqual(['one', 'two'])
    expect(await subjectsOf({ serial, issuer })).toEqual(['one'])
    expect(await subjectsOf({ serial: 'no serial' })).toEqual([])
  })
}

function tagTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('all tags that are asked for', async () => {
    await issue('a', { tags: ['red'] })
    await issue('b', { tags: ['red', 'big'], names: ['DNS:b'] })
    expect([...(await subjectsOf({ tags: ['red'] }))].sort()).toEqual(['a', 'b'])
    expect(await subjectsOf({ tags: ['big', 'red'] })).toEqual(['b'])
    expect(await subjectsOf({ tags: ['big', 'red'], name: 'DNS:b' })).toEqual(['b'])
    expect(await subjectsOf({ tags: ['big', 'blue'] })).toEqual([])
    expect(await subjectsOf({ name: 'red' })).toEqual([])
  })
  test('setTags replaces them and nothing else', async () => {
    const before = await issue('a', { tags: ['red', 'big'], names: ['DNS:red'] })
    const after = { ...before, tags: ['big', 'blue'] }
    expect(await store().setTags(issuer, before.serial, ['big', 'blue'])).toEqual(after)
    expect(await store().get(issuer, before.serial)).toEqual(after)
    expect(await subjectsOf({ tags: ['red'] })).toEqual([])
    for (const tag of ['big', 'blue']) expect(await subjectsOf({ tags: [tag] })).toEqual(['a'])
    const { tags: _, ...none } = before
    expect(await store().setTags(issuer, before.serial, [])).toEqual(none)
    expect(await subjectsOf({ tags: ['big'] })).toEqual([])
    expect(await subjectsOf({ name: 'DNS:red' })).toEqual(['a'])
  })
  test('tags that are malformed, or of no certificate', async () => {
    const { serial } = await issue('a')
    await expectCode(store().setTags(issuer, 'abcd', []), 'conflict')
    await expectCode(store().setTags(issuer, serial, ['']), 'limit')
    await expectCode(store().setTags(issuer, serial, ['x'.repeat(257)]), 'limit')
    await expectCode(store().setTags(issuer, serial, ['a', 'a']), 'configuration')
    const many = Array.from({ length: 65 }, (_, i) => `${i}`)
    await expectCode(store().setTags(issuer, serial, many), 'limit')
    await expectCode(store().reserve(sampleIntent('b', { tags: many })), 'limit')
    expect((await store().setTags(issuer, serial, many.slice(1))).tags).toHaveLength(64)
  })
  test('of 32 that set tags at once the last one wins, as a whole', async () => {
    const { serial } = await issue('a', { tags: ['old'] })
    const { errors } = await race(32, (i) => store().setTags(issuer, serial, ['all', `${i}`, `also ${i}`]))
    expect(errors).toEqual([])
    const [, winner = ''] = (await store().get(issuer, serial))?.tags ?? []
    expect((await store().get(issuer, serial))?.tags).toEqual(['all', winner, `also ${winner}`])
    for (let i = 0; i < 32; i++) expect(await subjectsOf({ tags: [`${i}`] })).toEqual(`${i}` === winner ? ['a'] : [])
    expect(await subjectsOf({ tags: ['old'] })).toEqual([])
  })
}

function linkTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('a certificate is superseded once its successor is issued', async () => {
    const { serial } = await issue('old', { createdAt: at(1) })
    const next = sampleIntent('new', { previousSerial: serial, createdAt: at(2) })
    await store().reserve(next)
    expect(await subjectsOf({ superseded: true })).toEqual([])
    expect(await subjectsOf({ previousSerial: serial })).toEqual([])
    await store().complete(issuer, next.serial, sampleIssued(next))
    await issue('elsewhere', { issuer: 'test~other', serial, createdAt: at(3) })
    expect(await subjectsOf({ previousSerial: serial })).toEqual(['new'])
    expect(await subjectsOf({ previousSerial: serial, issuer })).toEqual(['new'])
    expect(await subjectsOf({ superseded: true })).toEqual(['old'])
    expect(await subjectsOf({ superseded: false })).toEqual(['elsewhere', 'new'])
    expect(await subjectsOf({ superseded: true, issuer: 'test~other' })).toEqual([])
  })
}

function expiryTests(store: () => CertificateStore, issue: Issue, subjectsOf: SubjectsOf): void {
  test('with expiresBefore those that expire first come first, page by page', async () => {
    for (const [i, end] of [50, 10, 30, 10, 40, 20].entries()) {
      await issue(`${end}.${i}`, { notAfter: at(end), createdAt: at(i) })
    }
    const query = { expiresBefore: at(50), validAt: at(10) }
    const whole = await subjectsOf(query)
    expect(whole).toEqual(['10.1', '10.3', '20.5', '30.2', '40.4'])
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store().find(query, { limit: 2, ...(after === undefined ? {} : { after }) })
      paged.push(...page.items.map(({ subject }) => subject.slice(3)))
      if (page.next === undefined) break
      await expectCode(store().find({}, { after: page.next }), 'configuration')
      after = page.next
    }
    expect(paged).toEqual(whole)
  })
  test('a date that is none is refused', async () => {
    for (const query of [{ expiresBefore: new Date(Number.NaN) }, { validAt: new Date(Number.NaN) }]) {
      await expectCode(store().find(query), 'configuration')
      await expectCode(store().count(query), 'configuration')
    }
  })
}
