import type { CertificateRecord, CertificateStore, RevocationReason, StatusChange } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, sampleIntent, sampleIssued } from './samples.js'
import { collect, expectCode, race } from './subject.js'

const hold: StatusChange = { from: ['issued'], to: 'held', reason: 'certificateHold', at: at(10) }
const release: StatusChange = { from: ['held'], to: 'issued', at: at(20) }
const revokeIssued = {
  from: ['issued'],
  to: 'revoked',
  reason: 'keyCompromise',
  at: at(30),
} as const satisfies StatusChange
const revoke = (reason: RevocationReason): StatusChange => ({
  from: ['issued', 'held'],
  to: 'revoked',
  reason,
  at: at(30),
})

/** Tests of status and revocation list. */
export function statusTests(store: () => CertificateStore): void {
  const issue = async (name: string, serial?: string) => {
    const intent = sampleIntent(name, serial === undefined ? {} : { serial })
    await store().reserve(intent)
    return store().complete(intent.issuer, intent.serial, sampleIssued(intent))
  }
  changeTests(store, issue)
  revokedTests(store, issue)
}

type Issue = (name: string, serial?: string) => Promise<CertificateRecord>

function changeTests(store: () => CertificateStore, issue: Issue): void {
  test('hold, release, revoke: each changes what it says and nothing else', async () => {
    const issued = await issue('one')
    const { issuer, serial } = issued
    const held = { ...issued, status: 'held', revokedAt: at(10), revocationReason: 'certificateHold' }
    expect(await store().changeStatus(issuer, serial, hold)).toEqual(held)
    expect(await store().changeStatus(issuer, serial, release)).toEqual(issued)
    const revoked = { ...issued, status: 'revoked', revokedAt: at(30), revocationReason: 'keyCompromise' }
    expect(await store().changeStatus(issuer, serial, revoke('keyCompromise'))).toEqual(revoked)
    expect(await store().get(issuer, serial)).toEqual(revoked)
  })
  test('a held certificate can be revoked', async () => {
    const { issuer, serial } = await issue('one')
    await store().changeStatus(issuer, serial, hold)
    const revoked = await store().changeStatus(issuer, serial, revoke('superseded'))
    expect(revoked).toMatchObject({ status: 'revoked', revocationReason: 'superseded', revokedAt: at(30) })
  })
  test('from another status than asked for it is a conflict, and nothing changes', async () => {
    const { issuer, serial } = await issue('one')
    await expectCode(store().changeStatus(issuer, serial, release), 'conflict')
    const revoked = await store().changeStatus(issuer, serial, revoke('unspecified'))
    for (const change of [hold, release, revoke('keyCompromise')]) {
      await expectCode(store().changeStatus(issuer, serial, change), 'conflict')
    }
    expect(await store().get(issuer, serial)).toEqual(revoked)
  })
  test('a date or reason that fits into no CRL is refused, and nothing changes', async () => {
    const issued = await issue('one')
    const { issuer, serial } = issued
    for (const date of [Number.NaN, -8.64e15, Date.UTC(1949, 11, 31), Date.UTC(10_000, 0)]) {
      const wrong = { ...revokeIssued, at: new Date(date) }
      await expectCode(store().changeStatus(issuer, serial, wrong), 'configuration')
      const invalid = { ...revokeIssued, invalidityDate: new Date(date) }
      await expectCode(store().changeStatus(issuer, serial, invalid), 'configuration')
    }
    for (const reason of ['removeFromCRL', 'none', '']) {
      const wrong = { ...revokeIssued, reason: reason as 'unspecified' }
      await expectCode(store().changeStatus(issuer, serial, wrong), 'configuration')
    }
    expect(await store().get(issuer, serial)).toEqual(issued)
  })
  test('a record without certificate, or none at all, is a conflict', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    await expectCode(store().changeStatus(intent.issuer, intent.serial, revoke('unspecified')), 'conflict')
    await expectCode(store().changeStatus(intent.issuer, 'abcd', revoke('unspecified')), 'conflict')
  })
  test('completing again does not bring a revoked certificate back', async () => {
    const issued = await issue('one')
    const revoked = await store().changeStatus(issued.issuer, issued.serial, revoke('keyCompromise'))
    const again = sampleIssued(issued, 'again')
    expect(await store().complete(issued.issuer, issued.serial, again)).toEqual(revoked)
  })
  test('an invalidity date is kept with the revocation, listed, and gone with another status', async () => {
    const { issuer, serial } = await issue('one')
    const invalidityDate = at(7)
    await expectCode(
      store().changeStatus(issuer, serial, { ...revokeIssued, invalidityDate: new Date(Number.NaN) }),
      'configuration',
    )
    const revoked = await store().changeStatus(issuer, serial, { ...revokeIssued, invalidityDate })
    expect(revoked).toMatchObject({ status: 'revoked', invalidityDate })
    expect(await store().get(issuer, serial)).toEqual(revoked)
    expect(await collect(store().revoked(issuer))).toMatchObject([{ serial, invalidityDate }])
  })
  test('a change from nothing is refused', async () => {
    const { issuer, serial } = await issue('one')
    const change = { from: [], to: 'revoked', reason: 'superseded', at: at(1) } as const
    await expectCode(store().changeStatus(issuer, serial, change), 'configuration')
  })
  test('of 64 changes at once from one status one happens', async () => {
    const { issuer, serial } = await issue('one')
    const { values, errors } = await race(64, (i) =>
      store().changeStatus(issuer, serial, i % 2 === 0 ? hold : revokeIssued),
    )
    expect(values).toHaveLength(1)
    expect(errors).toHaveLength(63)
    expect(await store().get(issuer, serial)).toEqual(values[0])
  })
}

function revokedTests(store: () => CertificateStore, issue: Issue): void {
  test('revoked gives held and revoked certificates of the issuer in serial order', async () => {
    for (const serial of ['0b', '0a01', '7f', '00ff']) await issue(serial, serial)
    await store().changeStatus('test~ca', '7f', revoke('keyCompromise'))
    await store().changeStatus('test~ca', '0a01', hold)
    await store().changeStatus('test~ca', '00ff', revoke('superseded'))
    expect(await collect(store().revoked('test~ca'))).toEqual([
      { serial: '00ff', revokedAt: at(30), reason: 'superseded', notAfter: at(1_000_000) },
      { serial: '0a01', revokedAt: at(10), reason: 'certificateHold', notAfter: at(1_000_000) },
      { serial: '7f', revokedAt: at(30), reason: 'keyCompromise', notAfter: at(1_000_000) },
    ])
    expect(await collect(store().revoked('test~other'))).toEqual([])
    await store().changeStatus('test~ca', '0a01', release)
    expect(await collect(store().revoked('test~ca'))).toHaveLength(2)
  })
  test('revoked gives the certificates of one scope', async () => {
    for (const [serial, crlScope] of [
      ['01', 'p1'],
      ['02', undefined],
      ['03', 'p1'],
      ['04', 'p2'],
      ['05', 'full'],
    ]) {
      const intent = sampleIntent(`${serial}`, { serial: `${serial}`, ...(crlScope === undefined ? {} : { crlScope }) })
      await store().reserve(intent)
      await store().complete(intent.issuer, intent.serial, sampleIssued(intent))
      if (serial !== '03') await store().changeStatus(intent.issuer, intent.serial, revokeIssued)
    }
    const serials = async (scope?: string) =>
      (await collect(store().revoked('test~ca', scope === undefined ? {} : { scope }))).map(({ serial }) => serial)
    expect(await serials('p1')).toEqual(['01'])
    expect(await serials('full')).toEqual(['02', '05'])
    expect(await serials('none')).toEqual([])
    expect(await serials()).toEqual(['01', '02', '04', '05'])
    expect(await store().get('test~ca', '03')).toMatchObject({ crlScope: 'p1' })
  })
  test('revoked gives a long list whole, and may be left early', async () => {
    const serials = Array.from({ length: 2100 }, (_, i) => i.toString(16).padStart(4, '0'))
    await Promise.all(
      serials.map(async (serial) => {
        await issue(serial, serial)
        await store().changeStatus('test~ca', serial, revoke('unspecified'))
      }),
    )
    expect((await collect(store().revoked('test~ca'))).map(({ serial }) => serial)).toEqual(serials)
    for await (const { serial } of store().revoked('test~ca')) {
      expect(serial).toBe('0000')
      break
    }
  })
}
