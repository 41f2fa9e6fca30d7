import { startPostgres, type TestPostgres } from '@certwright/testkit'
import { race, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type PostgresPool, postgresStore } from '../../src/index.js'

const now = new Date(0)
const intent = sampleIntent('one', { names: ['DNS:a'] })
const { issuer, serial } = intent
const hold = { from: ['issued'], to: 'held', reason: 'certificateHold', at: now } as const

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function open(options: pg.PoolConfig = {}) {
  const url = await server.createDatabase()
  const [admin, pool] = [new pg.Pool({ connectionString: url }), new pg.Pool({ connectionString: url, ...options })]
  onTestFinished(async () => {
    await pool.end()
    await admin.end()
  })
  return { url, admin, pool, store: await postgresStore(pool) }
}

/** Lets every insert into a table fail as PostgreSQL fails when the disk is full. */
const fillDisk = (table: string) => `create or replace function disk_full() returns trigger language plpgsql as
  $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$;
  create trigger disk_full before insert on certwright_${table} execute function disk_full()`

test('a full disk is told, nothing is half written, and space makes it work again', async () => {
  const { admin, store } = await open()
  const { certificates } = store
  await admin.query(fillDisk('certificate_terms'))
  await expect(certificates.reserve(intent)).rejects.toMatchObject({ code: 'store', reason: 'full' })
  expect(await certificates.get(issuer, serial)).toBeUndefined()
  await admin.query('drop trigger disk_full on certwright_certificate_terms')
  await certificates.reserve(intent)

  await admin.query(fillDisk('events'))
  const completed = certificates.complete(issuer, serial, sampleIssued(intent))
  await expect(completed).rejects.toMatchObject({ code: 'store', reason: 'full' })
  expect(await certificates.get(issuer, serial)).toMatchObject({ status: 'reserved', certificate: null })
  await admin.query('drop trigger disk_full on certwright_events')
  await certificates.complete(issuer, serial, sampleIssued(intent))

  await admin.query(fillDisk('events'))
  await expect(certificates.changeStatus(issuer, serial, hold)).rejects.toMatchObject({ reason: 'full' })
  expect(await certificates.get(issuer, serial)).toMatchObject({ status: 'issued' })
  await admin.query('drop trigger disk_full on certwright_events')
  expect(await certificates.changeStatus(issuer, serial, hold)).toMatchObject({ status: 'held' })
  expect((await certificates.events()).items.map(({ type }) => type)).toEqual(['issued', 'held'])
})

test('a database that becomes read-only is told, is read, and works again', async () => {
  const { admin, pool, store } = await open({ max: 1, idleTimeoutMillis: 1 })
  await store.certificates.reserve(intent)
  const database = (await admin.query('select current_database() as name')).rows[0].name
  // Settings of a database are for new connections.
  const reconnect = () => expect.poll(() => pool.totalCount).toBe(0)
  await admin.query(`alter database ${database} set default_transaction_read_only = on`)
  await reconnect()
  for (const write of [
    () => store.certificates.complete(issuer, serial, sampleIssued(intent)),
    () => store.certificates.addCrl({ issuer, number: 1, crl: new Uint8Array(1), thisUpdate: now, nextUpdate: now }),
    () => store.records.put('c', 'k', 1, 0, now, { index: { a: 'b' } }),
  ]) {
    await expect(write()).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
  }
  expect(await store.certificates.get(issuer, serial)).toMatchObject({ status: 'reserved' })
  await admin.query(`begin read write; alter database ${database} reset default_transaction_read_only; commit`)
  await reconnect()
  expect(await store.certificates.complete(issuer, serial, sampleIssued(intent))).toMatchObject({ status: 'issued' })
})

test('a lock that another keeps is told to everybody who waits, and works again', async () => {
  const { admin, store } = await open({ options: '-c lock_timeout=50' })
  const other = await admin.connect()
  await other.query('begin; lock table certwright_certificates in exclusive mode')
  const { errors } = await race(8, (i) => store.certificates.reserve(sampleIntent(`${i}`)))
  expect(errors).toHaveLength(8)
  for (const error of errors) expect(error).toMatchObject({ code: 'store', reason: 'locked' })
  await other.query('rollback')
  other.release()
  expect(await store.certificates.reserve(intent)).toMatchObject({ kind: 'reserved' })
})

test('a follower waits for nobody, and sees what waited for the lock of the feed', async () => {
  const { admin, store } = await open()
  await store.certificates.reserve(intent)
  const other = await admin.connect()
  // As a node does that is slow to commit: it has its number, and the lock.
  await other.query('begin')
  await other.query('select pg_advisory_xact_lock($1)', [0x63657274_65766e74n.toString()])
  await other.query(
    `insert into certwright_events (type, certificate_id, at) select 'held', id, 1 from certwright_certificates`,
  )
  const completed = store.certificates.complete(issuer, serial, sampleIssued(intent))
  await expect.poll(async () => (await admin.query('select 1 from pg_locks where not granted')).rows.length).toBe(1)
  const before = await store.certificates.events()
  expect(before.items).toEqual([])
  await other.query('commit')
  other.release()
  await completed
  const after = await store.certificates.events({ after: before.position })
  expect(after.items.map(({ type }) => type)).toEqual(['held', 'issued'])
})

test('a server that is too old is refused', async () => {
  const { pool } = await open()
  const old: PostgresPool = {
    connect: () => pool.connect(),
    on: () => undefined,
    off: () => undefined,
    query: (query) =>
      pool.query({ ...query, text: query.text.replace("current_setting('server_version_num')", "'130015'") }),
  }
  const error = await postgresStore(old).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'store', reason: 'unsupported' })
  expect(String(error)).toMatch(/14/)
})
