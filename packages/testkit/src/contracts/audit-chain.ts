import type { AuditChain, ChainedRecord } from '@certwright/core/ports'
import { describe, expect, test } from 'vitest'
import { digestOf } from './samples.js'
import { eachSubject, expectCode, type MakeSubject, race, type Subject } from './subject.js'

/**
 * Every promise of the `AuditChain` port as tests of vitest. Call it at the top level of a test file.
 *
 * @param name of the adapter, for the report
 * @param make a fresh, empty store of chains for each test
 */
export function auditChainContract(name: string, make: MakeSubject<AuditChain>): void {
  describe(`${name} keeps the AuditChain contract`, () => {
    const present = eachSubject(make)
    const subject = () => present().subject
    appendTests(subject)
    readTests(subject)
    interruptionTests(present)
  })
}

const record = (node: string, sequence: number, content = `{"at":${sequence}}`): ChainedRecord => ({
  node,
  sequence,
  content,
  hash: digestOf(`${node} ${sequence} ${content}`),
})

const records = (node: string, first: number, last: number): ChainedRecord[] =>
  Array.from({ length: last - first + 1 }, (_, i) => record(node, first + i))

function appendTests(subject: () => AuditChain): void {
  test('records come back as they were given', async () => {
    const odd = [
      record('a', 1, '{"text":"\\u0000\\ud800 \u2028 \u{1f512}\ue000\uffff \\" \' $1 ?"}'),
      record('a', 2, ''),
      record('a', 3, `"${'\u20ac'.repeat(80_000)}"`),
    ]
    await subject().append(odd)
    expect(await subject().read('a')).toEqual(odd)
    expect(await subject().last('a')).toEqual(odd[2])
  })
  test('a chain grows at its end and nowhere else', async () => {
    await subject().append(records('a', 1, 3))
    for (const first of [1, 3, 5]) {
      await expectCode(subject().append([record('a', first, 'other')]), 'conflict')
    }
    await expectCode(subject().append([record('b', 2)]), 'conflict')
    await subject().append(records('a', 4, 4))
    expect(await subject().read('a')).toEqual(records('a', 1, 4))
    expect(await subject().read('b')).toEqual([])
  })
  test('of several writers of one place one succeeds, with all of its records', async () => {
    const chain: ChainedRecord[] = []
    for (let round = 0; round < 5; round++) {
      const first = chain.length + 1
      const { values, errors } = await race(8, async (i) => {
        // Some groups are longer than others: what is after the place that they fight for must not get in either.
        const last = first + 1 + (i % 3)
        const group = records('a', first, last).map(({ sequence }) => record('a', sequence, `by ${i}`))
        await subject().append(group)
        return group
      })
      expect([values.length, errors.length]).toEqual([1, 7])
      for (const error of errors) await expectCode(Promise.reject(error), 'conflict')
      chain.push(...(values[0] ?? []))
      expect(await subject().read('a')).toEqual(chain)
    }
  })
  test('writers of different nodes are not in the way of each other', async () => {
    const { errors } = await race(8, async (i) => {
      for (let n = 0; n < 5; n++) await subject().append(records(`node-${i}`, 1 + n * 2, 2 + n * 2))
    })
    expect(errors).toEqual([])
    for (let i = 0; i < 8; i++) expect(await subject().read(`node-${i}`)).toEqual(records(`node-${i}`, 1, 10))
  })
  test('what no store takes is refused', async () => {
    const good = record('a', 1)
    await expectCode(subject().append([]), 'limit')
    await expectCode(subject().append(records('a', 1, 1001)), 'limit')
    await expectCode(subject().append([record('a', 1, 'x'.repeat(256 * 1024 + 1))]), 'limit')
    const malformed: readonly (readonly ChainedRecord[])[] = [
      [good, record('a', 3)],
      [good, record('b', 2)],
      [record('a', 0)],
      [record('', 1)],
      [record('a b', 1)],
      [record('a'.repeat(129), 1)],
      [{ ...good, hash: 'ab' }],
      [{ ...good, hash: good.hash.toUpperCase() }],
    ]
    for (const each of malformed) await expectCode(subject().append(each), 'configuration')
    expect(await subject().nodes()).toEqual([])
  })
}

function readTests(subject: () => AuditChain): void {
  test('a chain is read in pages', async () => {
    expect([await subject().last('a'), await subject().read('a')]).toEqual([undefined, []])
    await subject().append(records('a', 1, 1000))
    await subject().append(records('a', 1001, 1500))
    expect(await subject().read('a')).toEqual(records('a', 1, 100))
    expect(await subject().read('a', { after: 998, limit: 4 })).toEqual(records('a', 999, 1002))
    expect(await subject().read('a', { after: 1499, limit: 1000 })).toEqual(records('a', 1500, 1500))
    expect(await subject().read('a', { after: 1500 })).toEqual([])
    for (const limit of [0, 1001, 1.5]) await expectCode(subject().read('a', { limit }), 'limit')
  })
  test('nodes are listed in order', async () => {
    const names = ['b', 'B', 'a.2', 'a-1', 'a:3', '0']
    for (const name of names) await subject().append(records(name, 1, 2))
    const sorted = [...names].sort()
    expect(await subject().nodes()).toEqual(sorted)
    expect(await subject().nodes({ limit: 2 })).toEqual(sorted.slice(0, 2))
    expect(await subject().nodes({ after: 'a-1', limit: 2 })).toEqual(['a.2', 'a:3'])
  })
}

function interruptionTests(present: () => Subject<AuditChain>): void {
  test('whatever becomes of the connections, a chain has no gap and all that was acknowledged', async () => {
    const { subject, interrupt } = present()
    let acknowledged = 0
    for (let i = 0; i < 40; i++) {
      const next = ((await subject.last('a').catch(() => undefined))?.sequence ?? acknowledged) + 1
      const write = subject.append(records('a', next, next + 1)).then(
        () => {
          acknowledged = next + 1
        },
        () => undefined,
      )
      if (i % 10 === 5) await interrupt?.()
      await write
    }
    const last = (await subject.last('a'))?.sequence ?? 0
    expect(last).toBeGreaterThanOrEqual(acknowledged)
    expect(await subject.read('a', { limit: 1000 })).toEqual(records('a', 1, last))
  })
}
