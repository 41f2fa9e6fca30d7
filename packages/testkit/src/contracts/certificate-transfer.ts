import { memoryStore } from '@certwright/core/defaults'
import type { CertificateStore, StatusChange } from '@certwright/core/ports'
import { everyCertificate, exportInventory, importInventory } from '@certwright/core/storage'
import { expect, test } from 'vitest'
import { at, digestOf, hostileStrings, sampleIntent, sampleIssued } from './samples.js'
import { collect, expectCode } from './subject.js'

const hold: StatusChange = { from: ['issued'], to: 'held', reason: 'certificateHold', at: at(10) }
const release: StatusChange = { from: ['held'], to: 'issued', at: at(20) }
const revoke = {
  from: ['issued', 'held'],
  to: 'revoked',
  reason: 'keyCompromise',
  at: at(30),
  invalidityDate: at(3),
} as const satisfies StatusChange

/** Tests of export and import: from the store into one in memory and back. */
export function transferTests(store: () => CertificateStore): void {
  wholeTests(store)
  againTests(store)
  refusalTests(store)
}

/** A small inventory with everything in it. */
async function fill(store: CertificateStore): Promise<void> {
  const changes: readonly (readonly StatusChange[])[] = [[], [hold], [hold, release], [revoke], [hold, revoke]]
  for (const [i, steps] of changes.entries()) {
    const tags = i % 2 === 0 ? { tags: [`tag ${i}`], crlScope: 'p1', previousSerial: '0a' } : {}
    const intent = sampleIntent(`${i}`, { names: [`DNS:${i}`], createdAt: at(i), ...tags })
    await store.reserve(intent)
    await store.complete(intent.issuer, intent.serial, sampleIssued(intent))
    for (const change of steps) await store.changeStatus(intent.issuer, intent.serial, change)
  }
  for (const [name, text] of hostileStrings) {
    const texts = {
      issuer: text,
      requestId: text,
      profile: text,
      requester: text,
      subject: text,
      names: [text],
      tags: [text],
    }
    await store.reserve(sampleIntent(name, texts))
  }
  for (const number of [1, 2]) {
    for (const scope of ['full', 'delta']) {
      const times = { thisUpdate: at(number), nextUpdate: at(number + 9) }
      const delta = scope === 'delta' ? { sequence: 'numbers', base: { number: 1, nextUpdate: at(4) } } : {}
      const crl = new Uint8Array([number])
      await store.addCrl({ issuer: 'test~ca', scope, number, crl, ...times, position: 'x', ...delta })
    }
  }
}

async function contentsOf(store: CertificateStore) {
  const records = [
    ...(await collect(everyCertificate(store, {}, 3))),
    ...(await collect(everyCertificate(store, { status: 'reserved' }, 3))),
  ]
  const bySerial = records.sort((a, b) => (a.serial < b.serial ? -1 : 1))
  return { records: bySerial, crls: [await store.latestCrl('test~ca'), await store.latestCrl('test~ca', 'delta')] }
}

function wholeTests(store: () => CertificateStore): void {
  test('everything comes over, out of the store and into it', async () => {
    const source = memoryStore().certificates
    await fill(source)
    const lines = await collect(exportInventory(source, { batch: 3 }))
    const result = await importInventory(store(), lines, { batch: 4 })
    expect(result).toMatchObject({ lines: lines.length, added: 5 + hostileStrings.length + 2 })
    expect(await contentsOf(store())).toEqual(await contentsOf(source))
    const copy = memoryStore().certificates
    await importInventory(copy, exportInventory(store()))
    expect(await contentsOf(copy)).toEqual(await contentsOf(source))
  })
  test('an empty inventory', async () => {
    const lines = await collect(exportInventory(store()))
    expect(await importInventory(store(), lines)).toMatchObject({ lines: 1, added: 0, changed: 0, unchanged: 0 })
    expect(await importInventory(store(), [''])).toMatchObject({ lines: 1, added: 0 })
  })
}

function againTests(store: () => CertificateStore): void {
  test('a second time changes nothing, and a part may be missing', async () => {
    const source = memoryStore().certificates
    await fill(source)
    const lines = await collect(exportInventory(source))
    await importInventory(store(), lines.slice(0, 3))
    const { position } = await store().events()
    const result = await importInventory(store(), lines)
    expect(result).toMatchObject({ changed: 0, unchanged: 3 })
    expect(await importInventory(store(), lines)).toMatchObject({ added: 0, changed: 0 })
    expect((await store().events({ after: position })).items.length).toBeGreaterThan(0)
    expect(await contentsOf(store())).toEqual(await contentsOf(source))
  })
  test('an export is continued from its position with what has changed since', async () => {
    const source = memoryStore().certificates
    await fill(source)
    const reports: (string | undefined)[] = []
    const onProgress = ({ position }: { readonly position?: string }) => reports.push(position)
    const { position = '' } = await importInventory(store(), exportInventory(source, { batch: 2 }), { onProgress })
    expect(reports.at(-1)).toBe(position)
    const { serial } = sampleIntent('0')
    await source.changeStatus('test~ca', serial, revoke)
    await source.setTags('test~ca', serial, ['new'])
    const intent = sampleIntent('later')
    await source.reserve(intent)
    await source.complete(intent.issuer, intent.serial, sampleIssued(intent))
    const lines = await collect(exportInventory(source, { after: position }))
    const certificates = lines.filter((line) => line.startsWith('{"kind":"certificate"'))
    expect(certificates).toHaveLength(2 + hostileStrings.length)
    expect(await importInventory(store(), lines)).toMatchObject({ added: 1, changed: 1 })
    expect(await contentsOf(store())).toEqual(await contentsOf(source))
  })
  test('an old export does not bring a revoked certificate back', async () => {
    await fill(store())
    const lines = await collect(exportInventory(store()))
    const { serial } = sampleIntent('0')
    const revoked = await store().changeStatus('test~ca', serial, revoke)
    await importInventory(store(), lines)
    expect(await store().get('test~ca', serial)).toEqual(revoked)
  })
}

function refusalTests(store: () => CertificateStore): void {
  test('another certificate under the same serial or request is refused, and named by its line', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    await store().complete(intent.issuer, intent.serial, sampleIssued(intent))
    const others = [
      { intent: sampleIntent('two', { serial: intent.serial }), by: 'signature' },
      { intent: sampleIntent('two', { requestId: intent.requestId }), by: 'signature' },
      { intent: { ...intent, tbsCertificate: sampleIntent('two').tbsCertificate }, by: 'signature' },
      { intent, by: 'another' },
    ]
    for (const { intent: other, by } of others) {
      const source = memoryStore().certificates
      await source.reserve(other)
      await source.complete(other.issuer, other.serial, sampleIssued(other, by))
      const importing = importInventory(store(), exportInventory(source))
      await expectCode(importing, 'conflict')
      await expect(importing).rejects.toThrow(/^line 1: /)
    }
    const record = await store().get(intent.issuer, intent.serial)
    expect(record?.fingerprint).toBe(digestOf(sampleIssued(intent).certificate))
  })
  test('lines that are none are refused, and nothing of them is stored', async () => {
    const source = memoryStore().certificates
    await fill(source)
    const [line = ''] = await collect(exportInventory(source))
    const broken = [
      '{',
      'null',
      '[]',
      '{"kind":"other"}',
      '{"kind":"certificate"}',
      '{"kind":"certificate","record":{}}',
      line.slice(0, -1),
      line.replace('"status":"issued"', '"status":"valid"'),
      line.replace('"notAfter":"', '"notAfter":"x'),
      line.replace('"certificate":"', '"certificate":"!'),
      line.replace('"serial":"', '"serial":"XY'),
      line.replace('"names":[', '"names":[1,'),
    ]
    for (const text of broken) await expectCode(importInventory(store(), [text]), 'configuration', 'limit')
    expect(await contentsOf(store())).toMatchObject({ records: [] })
  })
}
