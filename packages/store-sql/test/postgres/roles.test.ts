import { startPostgres, type TestPostgres } from '@certwright/testkit'
import { digestOf, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { postgresGrants, postgresStore } from '../../src/index.js'

const now = new Date(0)
const event = { time: now, type: 'certificate.issued', actor: null, requestId: '1', details: {} } as const
let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A database with its tables, and a pool and store of a role that has been granted what its kind needs. */
async function openAs(kind: 'reader' | 'node') {
  const url = await server.createDatabase()
  const admin = new pg.Pool({ connectionString: url })
  const owner = await postgresStore(admin)
  const role = `certwright "${kind}" ${new URL(url).pathname.slice(-8)}`
  const quoted = `"${role.replaceAll('"', '""')}"`
  await admin.query(`create role ${quoted}`)
  for (const sql of postgresGrants(kind, role)) await admin.query(sql)
  const options = `-c role=${role.replaceAll(/[\\ ]/g, (character) => `\\${character}`)}`
  const pool = new pg.Pool({ connectionString: url, options })
  onTestFinished(async () => {
    await pool.end()
    await admin.query(`drop owned by ${quoted}`)
    await admin.query(`drop role ${quoted}`)
    await admin.end()
  })
  return { owner, pool, store: await postgresStore(pool) }
}

test('an OCSP responder reads what it needs and can write nothing', async () => {
  const { owner, pool, store } = await openAs('reader')
  const intent = sampleIntent('one', { names: ['DNS:a'] })
  await owner.certificates.reserve(intent)
  const issued = await owner.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
  const crl = { issuer: intent.issuer, number: 1, crl: new Uint8Array([1]), thisUpdate: now, nextUpdate: now }
  await owner.certificates.addCrl(crl)
  expect(await store.certificates.get(intent.issuer, intent.serial)).toEqual(issued)
  expect((await store.certificates.find({ name: 'DNS:a' })).items).toEqual([issued])
  expect(await store.certificates.latestCrl(intent.issuer)).toEqual(crl)
  expect((await store.certificates.events()).items).toHaveLength(1)

  const revoke = { from: ['issued'], to: 'revoked', reason: 'keyCompromise', at: now } as const
  const writes = [
    () => store.certificates.reserve(sampleIntent('two')),
    () => store.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent)),
    () => store.certificates.changeStatus(intent.issuer, intent.serial, revoke),
    () => store.certificates.setTags(intent.issuer, intent.serial, ['x']),
    () => store.certificates.addCrl({ ...crl, number: 2 }),
    () => store.records.put('c', 'k', 1, 0, now),
    () => store.records.consume('c', 'k', now),
  ]
  for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
  await expect(store.audit.record(event)).rejects.toMatchObject({ code: 'audit', cause: { reason: 'read-only' } })
  // Passcodes and the trail of who did what are not its business.
  await expect(store.records.get('c', 'k', now)).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
  await expect(store.auditChain.nodes()).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
  await expect(store.auditEvents()).rejects.toMatchObject({ code: 'store', reason: 'read-only' })
  await expect(pool.query('drop table certwright_certificates')).rejects.toMatchObject({ code: '42501' })
  expect(await owner.certificates.get(intent.issuer, intent.serial)).toEqual(issued)
})

test('a node does all that the stores do, and cannot take anything back', async () => {
  const { pool, store } = await openAs('node')
  const intent = sampleIntent('one', { names: ['DNS:a'], tags: ['t'] })
  const { issuer, serial } = intent
  await store.certificates.reserve(intent)
  await store.certificates.complete(issuer, serial, sampleIssued(intent))
  await store.certificates.changeStatus(issuer, serial, {
    from: ['issued'],
    to: 'held',
    reason: 'certificateHold',
    at: now,
  })
  await store.certificates.setTags(issuer, serial, ['u'])
  await store.certificates.addCrl({ issuer, number: 1, crl: new Uint8Array([1]), thisUpdate: now, nextUpdate: now })
  await store.records.put('c', 'k', 1, 0, now, { index: { a: 'b' } })
  await store.records.put('c', 'k', 2, 1, now, { index: { a: 'c' }, expiresAt: new Date(5) })
  expect(await store.records.sweep(new Date(5))).toBe(1)
  await store.audit.record(event)
  const link = { node: 'a', sequence: 1, content: '', hash: digestOf('') }
  await store.auditChain.append([link])
  expect(await store.auditChain.last('a')).toEqual(link)
  expect((await store.certificates.events()).items).toHaveLength(2)
  for (const sql of [
    'delete from certwright_certificates',
    'delete from certwright_crls',
    'update certwright_crls set number = 7',
    'delete from certwright_events',
    'update certwright_audit set actor = null',
    'delete from certwright_audit',
    'update certwright_audit_chain set content = null',
    'delete from certwright_audit_chain',
    'insert into certwright_schema values (0)',
    'drop table certwright_audit',
  ]) {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' })
  }
})
