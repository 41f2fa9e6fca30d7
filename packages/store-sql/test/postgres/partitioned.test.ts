import { readFile } from 'node:fs/promises'
import { startPostgres, type TestPostgres } from '@certwright/testkit'
import { certificateStoreContract, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresStore } from '../../src/index.js'

/** The SQL of docs/scaling.md that partitions the inventory by issuer. */
const scaling = await readFile(new URL('../../../../docs/scaling.md', import.meta.url), 'utf8')
const partition = /^```sql\n(.*?)^```$/ms.exec(scaling)?.[1] ?? ''

const before = sampleIntent('before', { names: ['DNS:before'] })
let server: TestPostgres
let pool: pg.Pool
beforeAll(async () => {
  server = await startPostgres()
  pool = new pg.Pool({ connectionString: await server.createDatabase() })
  const { certificates } = await postgresStore(pool)
  await certificates.reserve(before)
  await certificates.complete(before.issuer, before.serial, sampleIssued(before))
  await pool.query(partition)
})
afterAll(async () => {
  await pool.end()
  await server.stop()
})

test('what was there before the partitioning is there', async () => {
  const { certificates } = await postgresStore(pool)
  expect((await certificates.find({ name: 'DNS:before' })).items).toMatchObject([{ serial: before.serial }])
  expect((await certificates.events()).items).toMatchObject([{ serial: before.serial }])
})

certificateStoreContract('postgresStore on tables partitioned by issuer', async () => {
  const store = await postgresStore(pool)
  await pool.query(
    'truncate certwright_certificates, certwright_certificate_terms, certwright_events, certwright_crls, certwright_crl_intents',
  )
  return { subject: store.certificates, dispose: () => store.close() }
})
