import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runUntilKilled } from '@certwright/testkit'
import { at, sampleIntent, sampleIssued } from '@certwright/testkit/contracts'
import { expect, test } from 'vitest'
import { backupSqlite, sqliteStore } from '../../src/index.js'
import { buildProgram } from '../support/build-program.js'
import { describeDrivers } from '../support/drivers.js'
import { temporaryDirectory } from '../support/files.js'

const writer = await buildProgram('sqlite-writer')

await describeDrivers('a backup of an SQLite file', (driver) => {
  test('is whole and private, while the store goes on', async () => {
    const directory = await temporaryDirectory()
    const [path, target] = [join(directory, 'pki.db'), join(directory, 'copy.db')]
    const store = await sqliteStore(path, { driver })
    const intent = sampleIntent('one', { names: ['DNS:a'] })
    await store.certificates.reserve(intent)
    const issued = await store.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
    await backupSqlite(path, target, { driver })
    await store.certificates.reserve(sampleIntent('later'))
    expect((await stat(target)).mode & 0o777).toBe(0o600)
    expect((await readdir(directory)).filter((name) => name.includes('.part'))).toEqual([])
    const copy = await sqliteStore(target, { driver })
    expect((await copy.certificates.find({ name: 'DNS:a' })).items).toEqual([issued])
    expect((await copy.certificates.events()).items).toHaveLength(1)
    expect(await copy.certificates.count({ status: 'reserved' })).toBe(0)
    await copy.close()
    await store.close()
  })
  test('holds everything promised before it, though another process writes all the time', async () => {
    const directory = await temporaryDirectory()
    const path = join(directory, 'pki.db')
    const backups: { readonly target: string; readonly promised: number; done: Promise<void> }[] = []
    const { lines } = await runUntilKilled(writer, {
      args: [path, driver, 'backup'],
      when: (_, count) => {
        if (count % 400 === 0 && backups.length < 3) {
          const target = join(directory, `copy-${backups.length}.db`)
          backups.push({ target, promised: count, done: backupSqlite(path, target, { driver }) })
        }
        return count >= 2000
      },
    })
    expect(backups).toHaveLength(3)
    for (const { target, promised, done } of backups) {
      await done
      const copy = await sqliteStore(target, { driver })
      for (const line of lines.slice(0, promised)) {
        const [what, name = ''] = line.split(' ')
        if (what === 'issued') expect(await copy.certificates.get('test~ca', name)).toMatchObject({ status: 'issued' })
        if (what === 'put') expect(await copy.records.get('names', name, at(0))).toBeDefined()
      }
      await copy.close()
    }
  })
  test('is not made over a file, of nothing, of what is no store, or where it cannot be', async () => {
    const directory = await temporaryDirectory()
    const [path, taken, other] = [join(directory, 'pki.db'), join(directory, 'taken'), join(directory, 'notes.txt')]
    await (await sqliteStore(path, { driver })).close()
    await writeFile(taken, 'mine')
    await writeFile(other, 'not a database, but long enough to be looked at as one. '.repeat(40))
    const target = join(directory, 'copy.db')
    const tries = [
      [path, taken, 'unavailable'],
      [join(directory, 'none.db'), target, 'unavailable'],
      [other, target, 'unsupported'],
      [path, join(directory, 'none', 'copy.db'), 'unavailable'],
    ] as const
    for (const [from, to, reason] of tries) {
      await expect(backupSqlite(from, to, { driver })).rejects.toMatchObject({ code: 'store', reason })
    }
    expect(await readFile(taken, 'utf8')).toBe('mine')
    expect((await readdir(directory)).sort()).toEqual(['notes.txt', 'pki.db', 'taken'])
  })
})
