import { setTimeout as delay } from 'node:timers/promises'
import type { Query } from '../engine/operation.js'
import type { SqliteDatabase, SqliteStatement } from './driver.js'
import { isLocked } from './errors.js'

/** How long SQLite itself waits for a lock, in milliseconds. Short: it blocks the whole process while it does. */
const busyTimeout = 20
/** Pause between two tries, in milliseconds; meanwhile the process does other work. */
const pause = 20

/** One connection to a database: it runs queries at once. */
export interface SqliteConnection {
  execute(query: Query): readonly unknown[]
  exec(sql: string): void
  /** Does `work`, again and again while another process holds the lock, at most for the time set. */
  untilUnlocked<T>(work: () => T): Promise<T>
}

/**
 * Wraps a driver's handle.
 *
 * @param lockTimeout milliseconds
 */
export function sqliteConnection(database: SqliteDatabase, lockTimeout: number): SqliteConnection {
  const statements = new Map<string, SqliteStatement>()
  const prepared = (query: Query): SqliteStatement => {
    const known = statements.get(query.sql)
    if (known) return known
    const made = database.prepare(query.sql)
    if (query.prepare) statements.set(query.sql, made)
    return made
  }
  return {
    execute(query) {
      const made = prepared(query)
      const parameters = query.parameters as never[]
      if (made.reader !== false) return made.all(...parameters)
      made.run(...parameters)
      return []
    },
    exec: (sql) => void database.exec(sql),
    async untilUnlocked(work) {
      for (let left = lockTimeout; ; left -= busyTimeout + pause) {
        try {
          return work()
        } catch (error) {
          if (!isLocked(error) || left <= 0) throw error
        }
        await delay(pause)
      }
    },
  }
}

/**
 * Readies a connection: write-ahead log, every commit on disk before it counts, foreign keys. On a database that cannot
 * be written to the mode of the log stays as it is.
 */
export function configure(connection: SqliteConnection): void {
  connection.exec(`pragma busy_timeout = ${busyTimeout}`)
  connection.exec('pragma foreign_keys = on')
  connection.exec('pragma synchronous = full')
  connection.exec('pragma journal_mode = wal')
}
