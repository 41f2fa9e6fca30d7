import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Tables } from './tables.js'

/** What differs between the engines when tables are made. */
export interface ColumnTypes {
  /** A column that numbers rows as they come. */
  readonly id: string
  /** The same, and no number is ever used again. */
  readonly sequence: string
  readonly integer: string
  readonly octets: string
  /** Text that sorts by code points. */
  readonly text: string
  /** After the closing parenthesis of a table; `clustered` where rows are best stored in the order of the key. */
  readonly table: string
  readonly clusteredTable: string
}

/** The SQL of an engine: a builder that compiles and never executes, and its column types. */
export interface Dialect {
  readonly builder: Kysely<Tables>
  readonly types: ColumnTypes
  /** Gives one row if the schema's own table is there. */
  readonly schemaProbe: string
  /**
   * Before a column: its index is not to be used. SQLite knows nothing of how often a value occurs, so it is told which
   * index serves a search best; PostgreSQL knows better.
   */
  readonly unindexed: string
}

export const sqliteDialect: Dialect = {
  builder: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  types: {
    id: 'integer primary key',
    sequence: 'integer primary key autoincrement',
    integer: 'integer',
    octets: 'blob',
    text: 'text',
    table: 'strict',
    clusteredTable: 'strict, without rowid',
  },
  schemaProbe: `select 1 as found from sqlite_master where type = 'table' and name = 'certwright_schema'`,
  // sqlite.org/optoverview.html: a unary plus disqualifies a term from use by an index
  unindexed: '+',
}

export const postgresDialect: Dialect = {
  builder: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  types: {
    id: 'bigint generated always as identity primary key',
    sequence: 'bigint generated always as identity primary key',
    integer: 'bigint',
    octets: 'bytea',
    text: 'text collate "C"',
    table: '',
    clusteredTable: '',
  },
  // Not to_regclass: inside a transaction it may answer from a cache that has not heard of another node's commit.
  schemaProbe: `select 1 as found from pg_catalog.pg_class
    where relname = 'certwright_schema' and relkind in ('r', 'p') and pg_catalog.pg_table_is_visible(oid)`,
  unindexed: '',
}
