import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createLease } from '@certwright/core/storage'
import pg from 'pg'
import { sampleIntent, sampleIssued } from '../../../testkit/src/contracts/samples.js'
import { postgresStore } from '../../src/postgres/postgres-store.js'
import type { SqlStore } from '../../src/sql-store.js'

/**
 * One node of several on one database: issues for the requests it is given, in the order of the real thing (reserve,
 * complete, audit, hand out), makes a CRL now and then and does what is due. Prints a line for each thing that it has
 * promised to somebody. To be killed at any moment and started again.
 */
const [url = '', name = '', first = '', last = '', step = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 8 })
const store = await postgresStore(pool)
const issuer = 'test~ca'
const time = new Date('2030-01-01T00:00:00Z')
const say = (...words: readonly (string | number)[]) => writeSync(1, `${words.join(' ')}\n`)

const lease = createLease(
  { records: store.records, clock: { now: () => new Date() } },
  { name: 'due', holder: `${name}.${process.pid}`, duration: 500 },
)

let next = Number(first)
const worker = async () => {
  while (next < Number(last)) {
    const request = next++
    // Every request comes to two nodes: to this one, and to its neighbour.
    if (request % 4 !== Number(step) && request % 4 !== (Number(step) + 1) % 4) continue
    const { serial, fingerprint } = await issue(store, request)
    say('handed', request, serial, fingerprint ?? '')
    if (request % 100 < 2) await makeCrl()
    if (request % 50 < 2) await workDue(Math.floor(request / 50))
  }
}
await Promise.all(Array.from({ length: 16 }, worker))
await pool.end()
say('finished')

async function issue({ certificates, audit }: SqlStore, request: number) {
  const serial = `10${randomBytes(15).toString('hex')}`
  const intent = sampleIntent(`${request}`, { serial, names: [`DNS:${request}.example`] })
  const reservation = await certificates.reserve(intent)
  if (reservation.kind === 'serial-taken') throw new Error('a serial number of 120 random bits is taken')
  const { record } = reservation
  // Each node signs in its own way: if two certificates came to be, their fingerprints would differ.
  const completed = await certificates.complete(record.issuer, record.serial, sampleIssued(record, `${name} ${serial}`))
  const details = { serial: completed.serial }
  await audit.record({ time, type: 'certificate.issued', actor: name, requestId: record.requestId, details })
  return completed
}

async function makeCrl(): Promise<void> {
  const number = ((await store.certificates.latestCrl(issuer))?.number ?? 0) + 1
  const crl = new TextEncoder().encode(`${number} by ${name}`)
  const added = await store.certificates
    .addCrl({ issuer, number, crl, thisUpdate: time, nextUpdate: time })
    .then(() => true, isConflict)
  if (added === true) say('crl', number)
}

async function workDue(slot: number): Promise<void> {
  const done = await lease.runDue(new Date(slot + 1), async () => {}).catch(isConflict)
  if (done === true) say('due', slot)
}

function isConflict(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'conflict') return undefined
  throw error
}
