import { startPostgres, type TestPostgres } from '@certwright/testkit'
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresStore } from '../../src/index.js'
import { storeContracts } from '../support/contracts.js'

const tables = [
  'certificates',
  'certificate_terms',
  'events',
  'crls',
  'crl_intents',
  'records',
  'record_terms',
  'audit',
  'audit_chain',
].map((name) => `certwright_${name}`)

const cutAllOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'`

describe.each([
  ['with prepared statements', true],
  ['without prepared statements', false],
])('postgresStore %s', (name, prepare) => {
  let server: TestPostgres
  let pool: pg.Pool
  let admin: pg.Pool
  beforeAll(async () => {
    server = await startPostgres()
    const connectionString = await server.createDatabase()
    pool = new pg.Pool({ connectionString })
    pool.on('error', () => {}) // between two tests no store listens
    admin = new pg.Pool({ connectionString, max: 1 })
  })
  afterAll(async () => {
    await pool.end()
    await admin.end()
    await server.stop()
  })

  storeContracts(name, async () => {
    const store = await postgresStore(pool, { prepare })
    await pool.query(`truncate ${tables.join(', ')}`)
    const interrupt = async () => void (await admin.query(cutAllOthers))
    return { store, dispose: () => store.close(), interrupt }
  })
})
