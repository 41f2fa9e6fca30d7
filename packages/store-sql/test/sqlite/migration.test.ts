import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import { schemaVersion } from '../../src/schema/migrate.js'
import { loadSqlite } from '../../src/sqlite/driver.js'
import { buildProgram } from '../support/build-program.js'
import { describeDrivers } from '../support/drivers.js'
import { exitCode } from '../support/exit-code.js'
import { temporaryDirectory } from '../support/files.js'
import { expectMigrated, versionOne } from '../support/version-one.js'

const opener = await buildProgram('sqlite-opener')

await describeDrivers('a file of schema version 1', (driver) => {
  const versionOneFile = async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const database = (await loadSqlite([driver]))(path)
    database.exec(await versionOne('sqlite'))
    return { path, database }
  }

  test('is brought forward with all that it holds', async () => {
    const { path, database } = await versionOneFile()
    const store = await sqliteStore(path, { driver })
    await expectMigrated(store)
    await store.close()
    const versions = database.prepare('select version from certwright_schema order by version').all()
    expect(versions).toEqual(Array.from({ length: schemaVersion }, (_, i) => ({ version: i + 1 })))
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    database.close()
  })
  test('is brought forward once by several processes at once', async () => {
    const { path, database } = await versionOneFile()
    database.close()
    const codes = await Promise.all(['a', 'b', 'c', 'd'].map((name) => exitCode(opener, [path, driver, name])))
    expect(codes).toEqual([0, 0, 0, 0])
    const store = await sqliteStore(path, { driver })
    await expectMigrated(store)
    await store.close()
  })
  test('stays as it was when the migration fails', async () => {
    const { path, database } = await versionOneFile()
    database.exec('create table certwright_events (in_the_way integer)')
    await expect(sqliteStore(path, { driver })).rejects.toMatchObject({ code: 'store', reason: 'failed' })
    expect(database.prepare('select version from certwright_schema').all()).toEqual([{ version: 1 }])
    database.exec('drop table certwright_events')
    const store = await sqliteStore(path, { driver })
    await expectMigrated(store)
    await store.close()
    database.close()
  })
})
