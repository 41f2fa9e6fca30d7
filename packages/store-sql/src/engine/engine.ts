import type { Kysely } from 'kysely'
import type { AuditRow, Tables } from '../schema/tables.js'
import type { Operation } from './operation.js'

/** What the stores need of a database. All methods throw `StoreError` for the engine's failures. */
export interface Engine {
  /** Builds and compiles queries in the engine's dialect; executes none. */
  readonly builder: Kysely<Tables>
  /** Runs an operation that only reads; it sees what is committed. */
  read<T>(operation: () => Operation<T>): Promise<T>
  /**
   * Runs an operation that writes and returns when it is durable. It may be run again from its start, hence the
   * function. Without `transaction` every one of its queries must be fit to stand alone.
   */
  write<T>(operation: () => Operation<T>, options?: { readonly transaction?: boolean }): Promise<T>
  /** Adds to the audit trail and returns when it is durable; sequence numbers become visible in rising order. */
  appendAudit(row: AuditRow): Promise<void>
  close(): Promise<void>
}
