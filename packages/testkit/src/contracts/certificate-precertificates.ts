import { memoryStore } from '@certwright/core/defaults'
import type { CertificateRecord, CertificateStore, StatusChange } from '@certwright/core/ports'
import { exportInventory, importInventory } from '@certwright/core/storage'
import { expect, test } from 'vitest'
import { at, reservedRecord, sampleIntent, sampleIssued } from './samples.js'
import { collect, expectCode, race } from './subject.js'

const many = 64
const issuer = 'test~ca'
const revoke: StatusChange = { from: ['issued', 'held'], to: 'revoked', reason: 'keyCompromise', at: at(30) }
const hold: StatusChange = { from: ['issued'], to: 'held', reason: 'certificateHold', at: at(10) }
const release: StatusChange = { from: ['held'], to: 'issued', at: at(20) }

/** The intent before and after, and what is signed of each. */
const before = sampleIntent('one')
const after = { ...before, tbsCertificate: sampleIntent('one, final').tbsCertificate }
const { serial } = before
const change = { from: before.tbsCertificate, to: after.tbsCertificate }
const signed = (by = 'signature') => ({ precertificate: sampleIssued(before, by).certificate, issuedAt: at(3) })
const announced: CertificateRecord = { ...reservedRecord(before), status: 'issued', ...signed() }
const final: CertificateRecord = { ...reservedRecord(after), status: 'issued', ...sampleIssued(after) }

/** Tests of the way over a precertificate. */
export function precertificateTests(store: () => CertificateStore): void {
  const precertify = async () => {
    await store().reserve(before)
    return store().precertify(issuer, serial, signed())
  }
  const issue = async () => {
    await precertify()
    await store().amend(issuer, serial, change)
    return store().complete(issuer, serial, sampleIssued(after))
  }
  wayTests(store, precertify, issue)
  statusTests(store, precertify)
  raceTests(store, precertify)
  transferTests(store, precertify, issue)
}

type Step = () => Promise<CertificateRecord>

function wayTests(store: () => CertificateStore, precertify: Step, issue: Step): void {
  const present = () => store().get(issuer, serial)
  test('a precertificate is recorded, its intent amended, and the certificate takes its place', async () => {
    expect(await precertify()).toEqual(announced)
    expect(await present()).toEqual(announced)
    const amended = { ...announced, tbsCertificate: after.tbsCertificate }
    expect(await store().amend(issuer, serial, change)).toEqual(amended)
    expect(await present()).toEqual(amended)
    expect(await store().complete(issuer, serial, sampleIssued(after))).toEqual(final)
    expect(await present()).toEqual(final)
    expect((await store().events()).items).toEqual([
      { type: 'issued', issuer, serial, at: at(3), reason: null },
      { type: 'issued', issuer, serial, at: at(5), reason: null },
    ])
  })
  test('a requestId that is known gives the record as it is', async () => {
    await precertify()
    expect(await store().reserve(before)).toEqual({ kind: 'existing', record: announced })
    await store().amend(issuer, serial, change)
    const { tbsCertificate } = after
    expect(await store().reserve(before)).toEqual({ kind: 'existing', record: { ...announced, tbsCertificate } })
  })
  test('what came first stays', async () => {
    await precertify()
    expect(await store().precertify(issuer, serial, signed('second'))).toEqual(announced)
    await store().amend(issuer, serial, change)
    const other = sampleIntent('another').tbsCertificate
    expect(await store().amend(issuer, serial, { ...change, to: other })).toMatchObject(after)
    await store().complete(issuer, serial, sampleIssued(after))
    for (const again of [
      store().precertify(issuer, serial, signed('third')),
      store().amend(issuer, serial, { from: after.tbsCertificate, to: other }),
      store().complete(issuer, serial, sampleIssued(after, 'second')),
    ]) {
      expect(await again).toEqual(final)
    }
    expect(await present()).toEqual(final)
    expect((await store().events()).items).toHaveLength(2)
  })
  test('it is found as issued, by everything but a fingerprint', async () => {
    await precertify()
    for (const query of [{}, { status: 'issued' as const }, { issuer, requester: 'alice' }]) {
      expect((await store().find(query)).items).toEqual([announced])
      expect(await store().count(query)).toBe(1)
    }
    expect((await store().find({ status: 'reserved' })).items).toEqual([])
    await store().amend(issuer, serial, change)
    await store().complete(issuer, serial, sampleIssued(after))
    const { fingerprint } = sampleIssued(after)
    expect((await store().find({ fingerprint })).items).toEqual([final])
    expect(await issueOther(store())).toBe(2)
  })
  test('it supersedes nothing before it is a certificate', async () => {
    const intent = sampleIntent('before')
    await store().reserve(intent)
    await store().complete(issuer, intent.serial, sampleIssued(intent))
    await store().reserve({ ...before, previousSerial: intent.serial })
    await store().precertify(issuer, serial, signed())
    const superseded = async () => (await store().find({ superseded: true })).items.map(({ serial }) => serial)
    expect(await superseded()).toEqual([])
    await store().amend(issuer, serial, change)
    await store().complete(issuer, serial, sampleIssued(after))
    expect(await superseded()).toEqual([intent.serial])
  })
  test('an intent that is only reserved can be amended too, and one that is not there cannot', async () => {
    await store().reserve(before)
    expect(await store().amend(issuer, serial, change)).toEqual(reservedRecord(after))
    await expectCode(store().amend(issuer, 'abcd', change), 'conflict')
    await expectCode(store().precertify(issuer, 'abcd', signed()), 'conflict')
    await expectCode(
      store().precertify(issuer, serial, { ...signed(), issuedAt: new Date(Number.NaN) }),
      'configuration',
    )
  })
  test('what is given back is plain and not shared with the store', async () => {
    const given = signed()
    await store().reserve(before)
    const record = await store().precertify(issuer, serial, given)
    given.precertificate.fill(0)
    expect(record.precertificate?.constructor).toBe(Uint8Array)
    record.precertificate?.fill(0)
    const to = change.to.slice()
    const amended = await store().amend(issuer, serial, { ...change, to })
    to.fill(0)
    amended.tbsCertificate.fill(0)
    expect(await present()).toEqual({ ...announced, tbsCertificate: after.tbsCertificate })
    expect(await issue()).toEqual(final)
  })
}

/** Issues another certificate without a precertificate; gives how many there are. */
async function issueOther(store: CertificateStore): Promise<number> {
  const intent = sampleIntent('two')
  await store.reserve(intent)
  await store.complete(issuer, intent.serial, sampleIssued(intent))
  return store.count({ status: 'issued' })
}

function statusTests(store: () => CertificateStore, precertify: Step): void {
  test('a precertificate is revoked as a certificate is, and none follows it', async () => {
    await precertify()
    const revoked = await store().changeStatus(issuer, serial, revoke)
    expect(revoked).toEqual({
      ...announced,
      status: 'revoked',
      revokedAt: at(30),
      revocationReason: 'keyCompromise',
    })
    expect(await collect(store().revoked(issuer))).toMatchObject([{ serial, reason: 'keyCompromise' }])
    expect(await store().amend(issuer, serial, change)).toEqual(revoked)
    expect(await store().complete(issuer, serial, sampleIssued(after))).toEqual(revoked)
    expect(await store().precertify(issuer, serial, signed('second'))).toEqual(revoked)
    expect((await store().events()).items.map(({ type }) => type)).toEqual(['issued', 'revoked'])
  })
  test('one that is held waits for its release', async () => {
    await precertify()
    const held = await store().changeStatus(issuer, serial, hold)
    expect(await store().complete(issuer, serial, sampleIssued(after))).toEqual(held)
    expect(await store().amend(issuer, serial, change)).toEqual(held)
    expect(await store().changeStatus(issuer, serial, release)).toEqual(announced)
    await store().amend(issuer, serial, change)
    expect(await store().complete(issuer, serial, sampleIssued(after))).toEqual(final)
  })
}

function raceTests(store: () => CertificateStore, precertify: Step): void {
  test(`${many} precertificates at once: one wins and all see it`, async () => {
    await store().reserve(before)
    const { values, errors } = await race(many, (i) => store().precertify(issuer, serial, signed(`by ${i}`)))
    expect(errors).toEqual([])
    for (const value of values) expect(value).toEqual(values[0])
    expect(await store().get(issuer, serial)).toEqual(values[0])
    expect((await store().events()).items).toHaveLength(1)
  })
  test(`${many} amendments at once: one wins and all see it`, async () => {
    await precertify()
    const { values, errors } = await race(many, (i) =>
      store().amend(issuer, serial, { ...change, to: sampleIntent(`final ${i}`).tbsCertificate }),
    )
    expect(errors).toEqual([])
    for (const value of values) expect(value).toEqual(values[0])
    expect(values[0]?.tbsCertificate).not.toEqual(before.tbsCertificate)
  })
  test('completion and revocation at once: one of them comes first', async () => {
    await precertify()
    await store().amend(issuer, serial, change)
    await Promise.all([
      store().changeStatus(issuer, serial, revoke),
      store().complete(issuer, serial, sampleIssued(after)),
    ])
    const record = await store().get(issuer, serial)
    expect(record?.status).toBe('revoked')
    const types = (await store().events()).items.map(({ type }) => type)
    expect(types).toEqual(record?.certificate ? ['issued', 'issued', 'revoked'] : ['issued', 'revoked'])
  })
}

function transferTests(store: () => CertificateStore, precertify: Step, issue: Step): void {
  const linesOf = (source: CertificateStore, position?: string) =>
    collect(exportInventory(source, position === undefined ? {} : { after: position }))
  test('export and import bring precertificates over, and what becomes of them', async () => {
    const copy = memoryStore().certificates
    const come = async (lines: readonly string[]) => {
      const { added, changed } = await importInventory(copy, lines)
      expect(await copy.get(issuer, serial)).toEqual(await store().get(issuer, serial))
      return { added, changed }
    }
    await store().reserve(before)
    expect(await come(await linesOf(store()))).toEqual({ added: 1, changed: 0 })
    await precertify()
    const first = await linesOf(store())
    expect(await come(first)).toEqual({ added: 0, changed: 1 })
    const { position } = await store().events()
    await issue()
    const later = await linesOf(store(), position)
    expect(later.filter((line) => line.includes('"certificate"'))).toHaveLength(1)
    expect(await come(later)).toEqual({ added: 0, changed: 1 })
    expect(await come(first)).toEqual({ added: 0, changed: 0 })
  })
  test('export and import into the store itself, from any stage to any later one', async () => {
    const source = memoryStore().certificates
    const stages: (readonly string[])[] = []
    await source.reserve(before)
    stages.push(await linesOf(source))
    await source.precertify(issuer, serial, signed())
    stages.push(await linesOf(source))
    await source.amend(issuer, serial, change)
    await source.complete(issuer, serial, sampleIssued(after))
    stages.push(await linesOf(source))
    const ways = ['01', '12', '02', '20', '10', '21'].map((way) => [...way].map(Number))
    for (const way of ways) {
      const fresh = memoryStore().certificates
      for (const stage of way) await importInventory(fresh, stages[stage] ?? [])
      const reached = way.includes(2) ? final : announced
      expect(await fresh.get(issuer, serial)).toEqual(reached)
    }
    for (const stage of [1, 2, 0]) await importInventory(store(), stages[stage] ?? [])
    expect(await store().get(issuer, serial)).toEqual(final)
  })
  test('a revoked precertificate comes over revoked', async () => {
    const source = memoryStore().certificates
    await source.reserve(before)
    await source.precertify(issuer, serial, signed())
    await source.changeStatus(issuer, serial, revoke)
    await importInventory(store(), await linesOf(source))
    expect(await store().get(issuer, serial)).toEqual(await source.get(issuer, serial))
  })
}
