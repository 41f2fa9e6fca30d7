import { chmod, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import { loadSqlite } from '../../src/sqlite/driver.js'
import { buildProgram } from '../support/build-program.js'
import { describeDrivers } from '../support/drivers.js'
import { exitCode } from '../support/exit-code.js'
import { temporaryDirectory } from '../support/files.js'

const opener = await buildProgram('sqlite-opener')
const now = new Date(0)

await describeDrivers('the file of an SQLite store', (driver) => {
  const open = (path: string) => sqliteStore(path, { driver })
  const handle = async (path: string) => (await loadSqlite([driver]))(path)

  test('is private, with everything beside it', async () => {
    const directory = await temporaryDirectory()
    const store = await open(join(directory, 'pki.db'))
    await store.records.put('c', 'k', 1, 0, now)
    const names = (await readdir(directory)).sort()
    expect(names).toEqual(['pki.db', 'pki.db-shm', 'pki.db-wal'])
    for (const name of names) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
    await store.close()
    expect(await readdir(directory)).toEqual(['pki.db'])
  })
  test('keeps everything from one opening to the next', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const intent = sampleIntent('one')
    const first = await open(path)
    await first.certificates.reserve(intent)
    const issued = await first.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
    await first.close()
    const second = await open(path)
    expect(await second.certificates.get(intent.issuer, intent.serial)).toEqual(issued)
    await second.close()
  })
  test('may be new to several processes at once', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const names = ['a', 'b', 'c', 'd']
    const codes = await Promise.all(names.map((name) => exitCode(opener, [path, driver, name])))
    expect(codes).toEqual([0, 0, 0, 0])
    const store = await open(path)
    const keys = (await store.records.list('opened', now)).items.map(({ key }) => key)
    expect(keys).toHaveLength(names.length * 20)
    await store.close()
  })
  test('is refused when it is no database, and left as it is', async () => {
    const path = join(await temporaryDirectory(), 'notes.txt')
    const text = 'not a database, but long enough to be looked at as one. '.repeat(40)
    await writeFile(path, text)
    await expect(open(path)).rejects.toMatchObject({ code: 'store', reason: 'unsupported' })
    expect(await readFile(path, 'utf8')).toBe(text)
  })
  test('is refused when its schema is newer', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    await (await open(path)).close()
    const database = await handle(path)
    database.exec('insert into certwright_schema values (1000)')
    database.close()
    const error = await open(path).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'store', reason: 'unsupported' })
    expect(String(error)).toMatch(/schema version 1000/)
  })
  test('is refused when it was cut off', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    await (await open(path)).close()
    await truncate(path, 5000)
    const error = await open(path).then(
      (store) => store.records.list('c', now).finally(() => store.close()),
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'store', reason: 'damaged' })
  })
  test('cannot be made in a directory that is not there, and the error shows no path', async () => {
    const directory = await temporaryDirectory()
    const error = await open(join(directory, 'none', 'pki.db')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'store', reason: 'unavailable' })
    expect(String(error)).not.toContain(directory)
  })
  test('keeps the mode that its owner gave it', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    await writeFile(path, '')
    await chmod(path, 0o640)
    await (await open(path)).close()
    expect((await stat(path)).mode & 0o777).toBe(0o640)
  })
  test('may be a handle of the caller, which is configured and stays open', async () => {
    const database = await handle(join(await temporaryDirectory(), 'pki.db'))
    const store = await sqliteStore(database)
    await store.records.put('c', 'k', 1, 0, now)
    await store.close()
    const pragma = (name: string) => Object.values(Object(database.prepare(`pragma ${name}`).all()[0]))[0]
    // 2: FULL, see sqlite.org/pragma.html#pragma_synchronous
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    database.close()
  })
  test('a closed store answers with an error, and closes twice', async () => {
    const store = await open(':memory:')
    const underWay = store.records.put('c', 'k', 1, 0, now)
    await store.close()
    expect(await underWay).toBe(1)
    await store.close()
    await expect(store.records.get('c', 'k', now)).rejects.toMatchObject({ reason: 'closed' })
    await expect(store.records.put('c', 'k', 1, 0, now)).rejects.toMatchObject({ reason: 'closed' })
    await expect(store.certificates.find({})).rejects.toMatchObject({ reason: 'closed' })
  })
})
