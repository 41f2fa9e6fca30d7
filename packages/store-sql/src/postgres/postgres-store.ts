import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { postgresDialect } from '../schema/dialects.js'
import { migrate, presentVersion, schemaVersion } from '../schema/migrate.js'
import { createSqlStore, type SqlStore } from '../sql-store.js'
import { type PostgresConnections, postgresConnections } from './connection.js'
import type { PostgresClient, PostgresPool } from './driver.js'
import { groupWriters } from './group-writers.js'

/** How a PostgreSQL store behaves. */
export interface PostgresStoreOptions {
  /**
   * Whether frequent statements are prepared by name on each connection; true when absent. Set it to false behind a
   * pooler that hands connections around between statements and does not know prepared ones.
   */
  readonly prepare?: boolean
}

/** Nodes that start together take turns with the migrations. */
const migrationLock = 0x63657274_6d696772n

/**
 * Opens a store in a PostgreSQL database (14 or newer) and makes its tables where they are missing, in the first schema
 * of the connection's search path. Any number of nodes may use one database and start at once.
 *
 * @param pool a Pool of `pg`; the store does not end it
 * @throws StoreError `unsupported` when the server is older than 14, its encoding is not UTF-8, commits are not durable
 *   or the schema is newer than this program; `unavailable` when it cannot be reached; `read-only` when the tables are
 *   missing and the role may not make them.
 * @example
 * ```ts
 * import { postgresStore } from '@certwright/store-sql'
 * import pg from 'pg'
 *
 * const pool = new pg.Pool({ connectionString: 'postgres://pki@db.example/pki' })
 * const store = await postgresStore(pool)
 * ```
 */
export async function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): Promise<SqlStore> {
  const detach = listenToErrors(pool)
  try {
    const connections = postgresConnections(pool, options.prepare ?? true)
    await connections.single(checkServer)
    const version = await connections.single(() => presentVersion(postgresDialect))
    if (version !== schemaVersion) await connections.transaction(migrateInTurn)
    return createSqlStore(postgresEngine(connections, detach))
  } catch (error) {
    detach()
    throw error
  }
}

const ignore = () => {}
/** Clients that are listened to, by whichever store: several may share a pool. */
const heard = new WeakSet<PostgresClient>()

/**
 * A lost connection is an event, and an event `error` without a listener ends the process. The next query says the same to
 * somebody who can act on it. A pool tells of its idle connections only: one that is lost between two queries of a
 * transaction, or while it is handed over, tells of itself.
 */
function listenToErrors(pool: PostgresPool): () => void {
  const listen = (client: PostgresClient) => {
    if (heard.has(client)) return
    heard.add(client)
    client.on('error', ignore)
  }
  pool.on('error', ignore)
  pool.on('acquire', listen)
  return () => {
    pool.off('error', ignore)
    pool.off('acquire', listen)
  }
}

function* migrateInTurn(): Operation<void> {
  yield* rows({ sql: `select pg_advisory_xact_lock(${migrationLock})`, parameters: [] })
  yield* migrate(postgresDialect)
}

interface Settings {
  readonly version: string
  readonly encoding: string
  readonly commit: string
}

function* checkServer(): Operation<void> {
  const [settings] = yield* rows<Settings>({
    sql: `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
      current_setting('synchronous_commit') as commit`,
    parameters: [],
  })
  if (Number(settings?.version) < 140000) throw new StoreError('unsupported', 'PostgreSQL must be version 14 or newer')
  if (settings?.encoding !== 'UTF8') throw new StoreError('unsupported', 'the encoding of the database must be UTF8')
  if (settings.commit === 'off') {
    throw new StoreError('unsupported', 'commits must be durable: set synchronous_commit to another value than off')
  }
}

function postgresEngine(connections: PostgresConnections, detach: () => void): Engine {
  const underWay = new Set<Promise<unknown>>()
  let closed = false
  const track = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) throw new StoreError('closed')
    const promise = work()
    underWay.add(promise)
    try {
      return await promise
    } finally {
      underWay.delete(promise)
    }
  }
  const groups = groupWriters(connections)
  return {
    builder: postgresDialect.builder,
    unindexed: postgresDialect.unindexed,
    read: (operation) => track(() => connections.single(operation)),
    write: (operation, options = {}) =>
      track(() => (options.transaction ? connections.transaction(operation) : connections.single(operation))),
    groups: {
      insertCertificate: (row, terms) => track(() => groups.insertCertificate(row, terms)),
      completeCertificate: (row) => track(() => groups.completeCertificate(row)),
      changeStatus: (row) => track(() => groups.changeStatus(row)),
      appendAudit: (row) => track(() => groups.appendAudit(row)),
      appendChain: (rows) => track(() => groups.appendChain(rows)),
    },
    async close() {
      closed = true
      await Promise.allSettled(underWay)
      detach()
    },
  }
}
