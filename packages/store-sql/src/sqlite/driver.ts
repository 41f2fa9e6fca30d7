import { StoreError } from '../errors.js'

/**
 * The part of an SQLite handle that we call. `better-sqlite3` and Node's `node:sqlite` (`DatabaseSync`) both have it.
 */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement
  exec(sql: string): unknown
  close(): unknown
}

/** A prepared statement; every method runs it to its end. */
export interface SqliteStatement {
  all(...parameters: never[]): unknown[]
  run(...parameters: never[]): unknown
  /** `better-sqlite3` only: false if the statement gives no rows, and `all` would throw. */
  readonly reader?: boolean
}

/** The drivers that we know how to load. */
export type SqliteDriverName = 'better-sqlite3' | 'node:sqlite'

/** Opens a file with a driver. */
export type SqliteOpen = (path: string) => SqliteDatabase

/** Loads a driver, or throws if it is not there or cannot run. */
export type SqliteLoader = () => Promise<SqliteOpen>

/** How each driver is loaded, in order of preference. */
export const sqliteLoaders: Readonly<Record<SqliteDriverName, SqliteLoader>> = {
  'better-sqlite3': async () => {
    const { default: Database } = await import('better-sqlite3')
    const open: SqliteOpen = (path) => new Database(path)
    // The native part is loaded by the first handle only.
    open(':memory:').close()
    return open
  },
  'node:sqlite': async () => {
    const builtin: unknown = process.getBuiltinModule?.('node:sqlite')
    if (!hasDatabaseSync(builtin)) throw new Error(`Node ${process.versions.node} has no built-in SQLite`)
    return (path) => new builtin.DatabaseSync(path)
  },
}

/**
 * The first driver that loads.
 *
 * @throws StoreError `driver` that names what is missing and the way out.
 */
export async function loadSqlite(
  names: readonly SqliteDriverName[] = ['better-sqlite3', 'node:sqlite'],
  loaders: Readonly<Record<SqliteDriverName, SqliteLoader>> = sqliteLoaders,
): Promise<SqliteOpen> {
  const failures = new Map<SqliteDriverName, unknown>()
  for (const name of names) {
    try {
      return await loaders[name]()
    } catch (failure) {
      failures.set(name, failure)
    }
  }
  const tried = [...failures].map(([name, failure]) => `${name} could not be loaded (${causeOf(failure)})`).join('; ')
  const cause = new AggregateError([...failures.values()], tried)
  throw new StoreError('driver', `${tried}. ${waysOut}`, { cause })
}

const waysOut =
  'To get one: install build tools (python3, make, g++) and run `npm rebuild better-sqlite3`; ' +
  'or use Node 22.13 or newer, which has SQLite built in; or use PostgreSQL.'

/** Why a native module does not load, in words that show no path. */
function causeOf(failure: unknown): string {
  const { code, message } = failure instanceof Error ? { code: undefined, ...failure, message: failure.message } : {}
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return 'it is not installed'
  if (message?.includes('NODE_MODULE_VERSION')) return 'it was built for another version of Node'
  if (message?.includes('bindings file')) return 'its native part was not built'
  if (code === 'ERR_DLOPEN_FAILED') return 'its native part does not run on this system'
  return message?.startsWith('Node ') ? message : 'it fails when it starts'
}

type DatabaseSync = new (path: string) => SqliteDatabase

function hasDatabaseSync(module: unknown): module is { readonly DatabaseSync: DatabaseSync } {
  return typeof module === 'object' && module !== null && 'DatabaseSync' in module
}
