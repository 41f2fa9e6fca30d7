import { startPostgres, type TestPostgres } from '@certwright/testkit'
import { race } from '@certwright/testkit/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { postgresStore } from '../../src/index.js'
import { schemaVersion } from '../../src/schema/migrate.js'
import { expectMigrated, versionOne } from '../support/version-one.js'

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function versionOneDatabase(): Promise<() => pg.Pool> {
  const connectionString = await server.createDatabase()
  const open = () => {
    const pool = new pg.Pool({ connectionString })
    onTestFinished(() => pool.end())
    return pool
  }
  await open().query(await versionOne('postgres'))
  return open
}

test('a database of schema version 1 is brought forward with all that it holds', async () => {
  const open = await versionOneDatabase()
  await expectMigrated(await postgresStore(open()))
  const { rows } = await open().query('select version from certwright_schema order by version')
  expect(rows.map(({ version }) => Number(version))).toEqual(Array.from({ length: schemaVersion }, (_, i) => i + 1))
})

test('several nodes that start at once bring it forward once', async () => {
  const open = await versionOneDatabase()
  const { values, errors } = await race(8, () => postgresStore(open()))
  expect(errors).toEqual([])
  for (const store of values.slice(0, 1)) await expectMigrated(store)
})

test('a migration that fails leaves the database as it was', async () => {
  const open = await versionOneDatabase()
  await open().query('create table certwright_events (in_the_way int)')
  await expect(postgresStore(open())).rejects.toMatchObject({ code: 'store', reason: 'failed' })
  const { rows } = await open().query('select version from certwright_schema')
  expect(rows).toEqual([{ version: '1' }])
  await open().query('drop table certwright_events')
  await expectMigrated(await postgresStore(open()))
})
