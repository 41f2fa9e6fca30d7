import { access, link, mkdtemp, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runSync } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { sqliteDialect } from '../schema/dialects.js'
import { presentVersion } from '../schema/migrate.js'
import { configure, sqliteConnection } from './connection.js'
import { loadSqlite, type SqliteDatabase, type SqliteDriverName } from './driver.js'
import { sqliteError } from './errors.js'

/** How a backup is made. */
export interface SqliteBackupOptions {
  /** The driver to read with; when absent `better-sqlite3`, or Node's own where that cannot be loaded. */
  readonly driver?: SqliteDriverName
}

/**
 * Copies the database of an SQLite store as it is at one moment, while it is used: other processes go on reading and
 * writing. This process does nothing else meanwhile (measured: 490 MB a second), so a server lets another one do it. The
 * copy is a compact database that is opened like any other; it appears under its name when it is whole and on disk.
 *
 * @param path the file of the store
 * @param target where the copy goes (mode 0600); nothing may be there
 * @throws StoreError `unavailable` when the file does not exist, something is at the target or it cannot be made; `full`,
 *   `locked`, `damaged`, `unsupported` (not a store, or a newer one), `driver`.
 * @example
 * ```ts
 * import { backupSqlite } from '@certwright/store-sql'
 *
 * await backupSqlite('pki.db', `backups/${new Date().toISOString().slice(0, 10)}.db`)
 * ```
 */
export async function backupSqlite(path: string, target: string, options: SqliteBackupOptions = {}): Promise<void> {
  const load = await loadSqlite(options.driver && [options.driver])
  await (await openExisting(path)).close()
  await expectFree(target)
  const directory = await mkdtemp(`${target}.part-`).catch(refuseTarget)
  const part = join(directory, 'copy.db')
  try {
    await makePrivate(part)
    copy(load(path), part)
    await force(part)
    // Not a rename: of two backups at once under one name one fails.
    await link(part, target).catch(refuseTarget)
    await force(dirname(target))
  } catch (error) {
    throw sqliteError(error)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Drivers make a file that is missing: a backup of it would be an empty one. */
async function openExisting(path: string) {
  try {
    return await open(path, 'r')
  } catch (cause) {
    throw new StoreError('unavailable', 'there is no database to be copied', { cause })
  }
}

/** Refuses a target that is there before any work is done. */
async function expectFree(target: string): Promise<void> {
  const there = await access(target).then(
    () => true,
    () => false,
  )
  if (there) throw new StoreError('unavailable', 'a file with the name of the backup exists')
}

/** `vacuum into` writes into a file that is empty, whose mode stays. */
async function makePrivate(part: string): Promise<void> {
  await (await open(part, 'wx', 0o600)).close()
}

function refuseTarget(cause: unknown): never {
  const there = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
  const message = there ? 'a file with the name of the backup exists' : 'the backup cannot be written there'
  throw new StoreError('unavailable', message, { cause })
}

function copy(database: SqliteDatabase, part: string): void {
  try {
    const connection = sqliteConnection(database, 5000)
    configure(connection)
    if (runSync(presentVersion(sqliteDialect), connection.execute) === 0) {
      throw new StoreError('unsupported', 'the file is not the database of a store')
    }
    connection.execute({ sql: 'vacuum into ?', parameters: [part] })
  } finally {
    database.close()
  }
}

/** Has a file or a directory on disk. */
async function force(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
