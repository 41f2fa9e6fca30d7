import { join } from 'node:path'
import { postgresStore, type SqlStore, sqliteStore } from '@certwright/store-sql'
import type { PlatformOptions } from './options.js'

/** Opens PostgreSQL where a URL is given, SQLite in the data folder otherwise. Each driver is loaded only when used. */
export async function openDatabase({ data, database }: PlatformOptions): Promise<SqlStore> {
  if (database === undefined) return sqliteStore(join(data, 'certwright.db'))
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: database, max: 10 })
  const store = await postgresStore(pool)
  return {
    ...store,
    async close() {
      await store.close()
      await pool.end()
    },
  }
}
