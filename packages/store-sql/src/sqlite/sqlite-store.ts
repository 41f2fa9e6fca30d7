import { closeSync, openSync } from 'node:fs'
import type { Engine } from '../engine/engine.js'
import { runSync } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { sqliteDialect } from '../schema/dialects.js'
import { migrate, presentVersion, schemaVersion } from '../schema/migrate.js'
import { createSqlStore, type SqlStore } from '../sql-store.js'
import { configure, type SqliteConnection, sqliteConnection } from './connection.js'
import { loadSqlite, type SqliteDatabase, type SqliteDriverName } from './driver.js'
import { sqliteError } from './errors.js'
import { groupCommit } from './group-commit.js'

/** How an SQLite store behaves. */
export interface SqliteStoreOptions {
  /** How long an operation waits for a lock that another process holds, in milliseconds; 5000 when absent. */
  readonly lockTimeout?: number
  /** The driver to open a path with; when absent `better-sqlite3`, or Node's own where that cannot be loaded. */
  readonly driver?: SqliteDriverName
}

/**
 * Opens a store in an SQLite file and makes the file (mode 0600) and its tables where they are missing. Commits are on
 * disk before a method returns; writes that arrive together share one commit.
 *
 * Several processes may use one file on one machine; for more than that there is `postgresStore`.
 *
 * @param pathOrDatabase path of the file, `:memory:`, or a handle of `better-sqlite3` or `node:sqlite`, which the store
 *   configures (write-ahead log, foreign keys) and does not close
 * @throws StoreError `driver` when no driver loads, `unsupported` when the file is not an SQLite database or of a newer
 *   version, `unavailable` when it cannot be opened, `locked`, `read-only`, `full`.
 * @example
 * ```ts
 * import { sqliteStore } from '@certwright/store-sql'
 *
 * const store = await sqliteStore(':memory:')
 * await store.records.put('greetings', 'en', 'hello', 0, new Date())
 * await store.close()
 * ```
 */
export async function sqliteStore(
  pathOrDatabase: string | SqliteDatabase,
  options: SqliteStoreOptions = {},
): Promise<SqlStore> {
  const given = typeof pathOrDatabase !== 'string'
  const database = given ? pathOrDatabase : await openFile(pathOrDatabase, options.driver)
  const connection = sqliteConnection(database, options.lockTimeout ?? 5000)
  try {
    await connection.untilUnlocked(() => prepareSchema(connection))
  } catch (error) {
    if (!given) database.close()
    throw sqliteError(error)
  }
  return createSqlStore(sqliteEngine(connection, () => given || database.close()))
}

async function openFile(path: string, driver: SqliteDriverName | undefined): Promise<SqliteDatabase> {
  const open = await loadSqlite(driver && [driver])
  if (path !== ':memory:') createPrivate(path)
  try {
    return open(path)
  } catch (error) {
    throw sqliteError(error)
  }
}

/** Makes the file before SQLite does: its log and shared memory take over the mode. */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EEXIST') return
    if (code === 'ENOENT')
      throw new StoreError('unavailable', 'the directory of the database does not exist', { cause })
    throw new StoreError('unavailable', 'the database file cannot be created', { cause })
  }
}

/** May be run again from the start when a lock is in its way. */
function prepareSchema(connection: SqliteConnection): void {
  configure(connection)
  if (runSync(presentVersion(sqliteDialect), connection.execute) === schemaVersion) return
  connection.exec('begin immediate')
  try {
    runSync(migrate(sqliteDialect), connection.execute)
    connection.exec('commit')
  } catch (error) {
    connection.exec('rollback')
    throw error
  }
}

function sqliteEngine(connection: SqliteConnection, closeDatabase: () => void): Engine {
  const commits = groupCommit(connection)
  let closing: Promise<void> | undefined
  return {
    builder: sqliteDialect.builder,
    unindexed: sqliteDialect.unindexed,
    async read(operation) {
      if (closing) throw new StoreError('closed')
      try {
        return await connection.untilUnlocked(() => runSync(operation(), connection.execute))
      } catch (error) {
        throw sqliteError(error)
      }
    },
    write: commits.write,
    close() {
      closing ??= commits.close().then(closeDatabase)
      return closing
    },
  }
}
