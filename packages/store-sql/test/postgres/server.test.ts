import { startPostgres, type TestPostgres } from '@certwright/testkit'
import { race, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { postgresStore } from '../../src/index.js'

const now = new Date(0)
let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A pool for one test. */
function poolOf(connectionString: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString, ...options })
  onTestFinished(() => pool.end())
  return pool
}

test('a new database may be opened by many nodes at once', async () => {
  const url = await server.createDatabase()
  const { values, errors } = await race(8, () => postgresStore(poolOf(url)))
  expect(errors).toEqual([])
  await race(8, (i) => values[i]?.records.put('c', `k${i}`, i, 0, now) ?? Promise.reject())
  expect((await values[0]?.records.list('c', now))?.items).toHaveLength(8)
})

test('a newer schema is refused', async () => {
  const pool = poolOf(await server.createDatabase())
  await postgresStore(pool)
  await pool.query('insert into certwright_schema values (1000)')
  await expect(postgresStore(pool)).rejects.toMatchObject({ code: 'store', reason: 'unsupported' })
})

test('commits that may be lost are refused', async () => {
  const pool = poolOf(await server.createDatabase(), { options: '-c synchronous_commit=off' })
  await expect(postgresStore(pool)).rejects.toMatchObject({ code: 'store', reason: 'unsupported' })
})

test('a server that cannot be reached is told, without its address', async () => {
  const pool = poolOf('postgres://nobody@127.0.0.1:1/none')
  const error = await postgresStore(pool).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'store', reason: 'unavailable' })
  expect(String(error)).not.toContain('127.0.0.1')
})

test('connections that are cut off are told, and the next call works', async () => {
  const url = await server.createDatabase()
  const admin = poolOf(url, { max: 1 })
  const store = await postgresStore(poolOf(url, { max: 4 }))
  const cut =
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()'
  const held = await admin.connect()
  await held.query('begin')
  await held.query('lock table certwright_records')
  const write = store.records.put('c', 'k', 1, 0, now).catch((reason: unknown) => reason)
  await expect.poll(async () => (await held.query('select 1 from pg_locks where not granted')).rows.length).toBe(1)
  await held.query(cut)
  await held.query('commit')
  held.release()
  expect(await write).toMatchObject({ code: 'store', reason: 'unavailable' })
  await expect.poll(() => store.records.put('c', 'k', 1, 0, now).catch(() => 0)).toBe(1)
})

test('a server that restarts: errors are typed, nothing acknowledged is lost, service resumes', async (context) => {
  if (!server.embedded) return context.skip('the server of CERTWRIGHT_TEST_PG is not restarted')
  const store = await postgresStore(poolOf(await server.createDatabase()))
  const acknowledged: string[] = []
  let stop = false
  const work = async (worker: number) => {
    for (let i = 0; !stop; i++) {
      const intent = sampleIntent(`${worker}.${i}`)
      try {
        await store.certificates.reserve(intent)
        await store.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
        acknowledged.push(intent.serial)
      } catch (error) {
        expect(error).toMatchObject({ code: 'store', reason: 'unavailable' })
      }
    }
  }
  const workers = Promise.all([0, 1, 2, 3].map(work))
  for (const mode of ['fast', 'immediate'] as const) {
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 20)
    await server.restart(mode)
  }
  const before = acknowledged.length
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 20)
  stop = true
  await workers
  for (const serial of acknowledged) {
    expect(await store.certificates.get('test~ca', serial)).toMatchObject({ status: 'issued' })
  }
})

test('a follower of the audit trail sees every event once, in order, while several nodes write', async () => {
  const url = await server.createDatabase()
  const nodes = await Promise.all([0, 1, 2].map(() => postgresStore(poolOf(url))))
  const record = (node: number, i: number) =>
    nodes[node]?.audit.record({ time: now, type: 'crl.issued', actor: null, requestId: `${node}.${i}`, details: {} })
  const total = 3 * 200
  const writing = Promise.all(nodes.map((_, node) => race(200, async (i) => record(node, i))))
  const seen: string[] = []
  let position: string | undefined
  while (seen.length < total) {
    const page = await nodes[0]?.auditEvents({ limit: 50, ...(position === undefined ? {} : { after: position }) })
    seen.push(...(page?.items ?? []).map(({ requestId }) => requestId))
    position = page?.position
  }
  await writing
  expect(new Set(seen).size).toBe(total)
  expect((await nodes[0]?.auditEvents(position === undefined ? {} : { after: position }))?.items).toEqual([])
})

test('transactions that PostgreSQL gives up are tried again', async () => {
  const pool = poolOf(await server.createDatabase(), { options: '-c default_transaction_isolation=serializable' })
  const store = await postgresStore(pool)
  const { errors } = await race(32, (i) => store.certificates.reserve(sampleIntent(`${i}`)))
  expect(errors).toEqual([])
  expect((await store.certificates.find({ status: 'reserved' })).items).toHaveLength(32)
})

test('nodes that retry the same requests at once, in opposite orders, agree on every one', async () => {
  const url = await server.createDatabase()
  const nodes = await Promise.all([0, 1].map(() => postgresStore(poolOf(url))))
  const { values, errors } = await race(2 * 200, async (i) => {
    const [node, request] = i < 200 ? [nodes[0], i] : [nodes[1], 399 - i]
    const intent = sampleIntent(`${i}`, { requestId: `request ${request}` })
    const reservation = await node?.certificates.reserve(intent)
    if (reservation === undefined || reservation.kind === 'serial-taken') throw new Error('not reserved')
    const { record } = reservation
    const completed = await node?.certificates.complete(record.issuer, record.serial, sampleIssued(record, `${i}`))
    return [request, completed?.fingerprint] as const
  })
  expect(errors).toEqual([])
  expect(new Set(values.map((value) => value.join())).size).toBe(200)
})

test('an event that the database refuses does not take its neighbours with it', async () => {
  const pool = poolOf(await server.createDatabase())
  const store = await postgresStore(pool)
  await pool.query(`alter table certwright_audit add check (request_id <> '3')`)
  const { values, errors } = await race(8, (i) =>
    store.audit.record({ time: now, type: 'crl.issued', actor: null, requestId: `${i}`, details: {} }),
  )
  expect([values.length, errors.length]).toEqual([7, 1])
  expect(errors[0]).toMatchObject({ code: 'audit', cause: { reason: 'failed' } })
  expect((await store.auditEvents()).items.map(({ requestId }) => requestId)).not.toContain('3')
})

test('a closed store answers with an error and leaves the pool open', async () => {
  const pool = poolOf(await server.createDatabase())
  const store = await postgresStore(pool)
  const underWay = store.records.put('c', 'k', 1, 0, now)
  await store.close()
  expect(await underWay).toBe(1)
  await expect(store.records.get('c', 'k', now)).rejects.toMatchObject({ reason: 'closed' })
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('the number of a CRL is not forgotten while its intent becomes a list', async () => {
  const url = await server.createDatabase()
  const writer = await postgresStore(poolOf(url))
  const dates = { thisUpdate: now, nextUpdate: now }
  await writer.certificates.reserveCrl({ issuer: 'test~ca', number: 1, tbsCertList: Uint8Array.of(1), ...dates })
  const pool = poolOf(url)
  const reader = await postgresStore(pool)
  let asked = 0
  const query = pool.query.bind(pool)
  const interrupted = async (question: pg.QueryConfig) => {
    const answer = await query(question)
    asked++
    if (asked === 1) await writer.certificates.addCrl({ issuer: 'test~ca', number: 1, crl: Uint8Array.of(2), ...dates })
    return answer
  }
  Object.assign(pool, { query: interrupted })
  expect(await reader.certificates.lastCrlNumber('test~ca')).toBe(1)
  expect(asked).toBe(2)
})

test('the number of a CRL is not taken again after a list came and went in between', async () => {
  const url = await server.createDatabase()
  const writer = await postgresStore(poolOf(url))
  const dates = { thisUpdate: now, nextUpdate: now }
  const intent = { issuer: 'test~ca', number: 1, tbsCertList: Uint8Array.of(1), ...dates }
  const pool = poolOf(url)
  const late = await postgresStore(pool)
  const connect = pool.connect.bind(pool)
  const interrupted = async () => {
    const client = await connect()
    const query = client.query.bind(client)
    // Another node does all of it before this one, which has asked for the last number, takes the next.
    const after = async (question: pg.QueryConfig) => {
      if (/insert into "certwright_crl_intents"/.test(question.text)) {
        await writer.certificates.reserveCrl(intent)
        await writer.certificates.addCrl({ issuer: 'test~ca', number: 1, crl: Uint8Array.of(2), ...dates })
      }
      return query(question)
    }
    return Object.assign(client, { query: after })
  }
  Object.assign(pool, { connect: interrupted })
  const delta = { ...intent, scope: 'delta', sequence: 'full' }
  await expect(late.certificates.reserveCrl(delta)).rejects.toMatchObject({ code: 'conflict' })
  expect(await writer.certificates.lastCrlNumber('test~ca')).toBe(1)
})
