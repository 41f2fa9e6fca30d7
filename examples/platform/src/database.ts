import { join } from 'node:path'
import type { Logger } from '@certwright/core'
import { postgresStore, type SqlStore, sqliteStore } from '@certwright/store-sql'
import type { PlatformOptions } from './options.js'

/** Opens PostgreSQL where a URL is given, SQLite in the data folder otherwise. Each driver is loaded only when used. */
export async function openDatabase({ data, database }: PlatformOptions, logger: Logger): Promise<SqlStore> {
  if (database === undefined) return sqliteStore(join(data, 'certwright.db'))
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: database, max: 10 })
  // An idle connection that breaks (the server restarts) is replaced at the next query; without a listener it ends us.
  pool.on('error', (error) => logger.warn('a database connection was lost', { error }))
  const store = await postgresStore(pool)
  return {
    ...store,
    async close() {
      await store.close()
      await pool.end()
    },
  }
}
