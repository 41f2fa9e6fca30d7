import { startPostgres, type TestPostgres } from '@certwright/testkit'
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresStore } from '../../src/index.js'
import { storeContracts } from '../support/contracts.js'

const tables = ['certificates', 'certificate_terms', 'events', 'crls', 'records', 'record_terms', 'audit'].map(
  (name) => `certwright_${name}`,
)

describe.each([
  ['with prepared statements', true],
  ['without prepared statements', false],
])('postgresStore %s', (name, prepare) => {
  let server: TestPostgres
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPostgres()
    pool = new pg.Pool({ connectionString: await server.createDatabase() })
  })
  afterAll(async () => {
    await pool.end()
    await server.stop()
  })

  storeContracts(name, async () => {
    const store = await postgresStore(pool, { prepare })
    await pool.query(`truncate ${tables.join(', ')}`)
    return { store, dispose: () => store.close() }
  })
})
