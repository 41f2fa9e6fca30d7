import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { race, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import { loadSqlite } from '../../src/sqlite/driver.js'
import { describeDrivers } from '../support/drivers.js'
import { temporaryDirectory } from '../support/files.js'

const now = new Date(0)
const event = { time: now, type: 'certificate.issued', actor: null, requestId: '1', details: {} } as const

await describeDrivers('an SQLite store in trouble', (driver) => {
  /** Two handles of one file: the store's and another one. */
  const open = async (options: { readonly lockTimeout?: number } = {}) => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const load = await loadSqlite([driver])
    const database = load(path)
    const store = await sqliteStore(database, options)
    return { store, database, other: load(path), path }
  }

  test('a full disk is told, nothing is half written, and space makes it work again', async () => {
    const { store, database } = await open()
    const [{ page_count: pages } = { page_count: 0 }] = database.prepare('pragma page_count').all() as {
      page_count: number
    }[]
    database.exec(`pragma max_page_count = ${pages + 2}`)
    const large = sampleIntent('large', { subject: 'x'.repeat(100_000) })
    await expect(store.certificates.reserve(large)).rejects.toMatchObject({ code: 'store', reason: 'full' })
    expect(await store.certificates.get(large.issuer, large.serial)).toBeUndefined()
    const { values, errors } = await race(8, (i) => (i === 3 ? store.certificates.reserve(large) : reserveSmall(i)))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ reason: 'full' })
    expect(values).toHaveLength(7)
    database.exec('pragma max_page_count = 1000000')
    expect(await store.certificates.reserve(large)).toMatchObject({ kind: 'reserved' })

    function reserveSmall(i: number) {
      return store.certificates.reserve(sampleIntent(`small ${i}`))
    }
  })
  test('a database that may not be written to is told, is read, and works again', async () => {
    const { store, database } = await open()
    const intent = sampleIntent('one')
    await store.certificates.reserve(intent)
    database.exec('pragma query_only = on')
    const completed = store.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
    await expect(completed).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
    await expect(store.audit.record(event)).rejects.toMatchObject({ code: 'audit', cause: { reason: 'read-only' } })
    expect(await store.certificates.get(intent.issuer, intent.serial)).toMatchObject({ status: 'reserved' })
    expect((await sqliteStore(database)).certificates).toBeDefined()
    database.exec('pragma query_only = off')
    await store.audit.record(event)
    expect((await store.auditEvents()).items).toHaveLength(1)
  })
  test('a lock that another holds is waited for', async () => {
    const { store, other } = await open()
    other.exec('begin immediate')
    const written = store.records.put('c', 'k', 1, 0, now)
    // Reading goes on meanwhile.
    expect(await store.records.get('c', 'k', now)).toBeUndefined()
    other.exec('commit')
    expect(await written).toBe(1)
  })
  test('a lock that another keeps is told to everybody who waits, and works again', async () => {
    const { store, other } = await open({ lockTimeout: 100 })
    other.exec('begin immediate')
    const { errors } = await race(16, (i) => store.records.put('c', `k${i}`, 1, 0, now))
    expect(errors).toHaveLength(16)
    for (const error of errors) expect(error).toMatchObject({ code: 'store', reason: 'locked' })
    other.exec('rollback')
    expect(await store.records.put('c', 'k0', 1, 0, now)).toBe(1)
  })
  test('an operation that fails takes back all of itself and nothing of its neighbours', async () => {
    const { store, database } = await open()
    database.exec(`create trigger trap before insert on certwright_record_terms when new.key = 'k3'
      begin select raise(abort, 'no'); end`)
    const { values, errors } = await race(8, (i) => store.records.put('c', `k${i}`, i, 0, now, { index: { a: 'b' } }))
    expect([values.length, errors.length]).toEqual([7, 1])
    expect(errors[0]).toMatchObject({ code: 'store', reason: 'failed' })
    expect(String(errors[0])).not.toMatch(/certwright_|insert/)
    expect((await store.records.list('c', now)).items.map(({ key }) => key)).not.toContain('k3')
    expect((await store.records.list('c', now, { by: { name: 'a', value: 'b' } })).items).toHaveLength(7)
  })
  test('a certificate and its event are recorded together or not at all, and so is a change', async () => {
    const { store, database } = await open()
    const intent = sampleIntent('one')
    const { issuer, serial } = intent
    const hold = { from: ['issued'], to: 'held', reason: 'certificateHold', at: now } as const
    const trap = `create trigger trap before insert on certwright_events begin select raise(abort, 'no'); end`
    await store.certificates.reserve(intent)
    database.exec(trap)
    const { values, errors } = await race<unknown>(4, (i) =>
      i === 0
        ? store.certificates.complete(issuer, serial, sampleIssued(intent))
        : store.records.put('c', `k${i}`, i, 0, now),
    )
    expect([values.length, errors.length]).toEqual([3, 1])
    expect(await store.certificates.get(issuer, serial)).toMatchObject({ status: 'reserved', certificate: null })
    database.exec('drop trigger trap')
    await store.certificates.complete(issuer, serial, sampleIssued(intent))
    database.exec(trap)
    await expect(store.certificates.changeStatus(issuer, serial, hold)).rejects.toMatchObject({ reason: 'failed' })
    expect(await store.certificates.get(issuer, serial)).toMatchObject({ status: 'issued', revokedAt: null })
    database.exec('drop trigger trap')
    await store.certificates.changeStatus(issuer, serial, hold)
    expect((await store.certificates.events()).items.map(({ type }) => type)).toEqual(['issued', 'held'])
  })
  test('writes that come together share a commit, and each call waits for it', async () => {
    const { store, database, path } = await open()
    database.exec('pragma wal_checkpoint(truncate)')
    await race(64, (i) => store.records.put('c', `k${i}`, i, 0, now))
    expect(commitsOf(await readFile(`${path}-wal`))).toBe(1)
    await store.records.put('c', 'another', 1, 0, now)
    expect(commitsOf(await readFile(`${path}-wal`))).toBe(2)
  })
})

/** Commits in a write-ahead log: its frames with a size of the database (sqlite.org/fileformat2.html#the_write_ahead_log). */
function commitsOf(log: Buffer): number {
  const frame = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at < log.length; at += frame) if (log.readUInt32BE(at + 4) !== 0) commits++
  return commits
}
