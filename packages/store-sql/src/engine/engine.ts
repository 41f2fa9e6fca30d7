import type { Kysely } from 'kysely'
import type {
  AuditRow,
  CertificateRow,
  ChainRow,
  ChangedRow,
  CompletedRow,
  NewCertificateRow,
  Tables,
} from '../schema/tables.js'
import type { Operation } from './operation.js'

/** What the stores need of a database. All methods throw `StoreError` for the engine's failures. */
export interface Engine {
  /** Builds and compiles queries in the engine's dialect; executes none. */
  readonly builder: Kysely<Tables>
  /** See `Dialect.unindexed`. */
  readonly unindexed: string
  /** Runs an operation that only reads; it sees what is committed. */
  read<T>(operation: () => Operation<T>): Promise<T>
  /**
   * Runs an operation that writes and returns when it is durable. It may be run again from its start, hence the
   * function. Without `transaction` every one of its queries must be fit to stand alone.
   */
  write<T>(operation: () => Operation<T>, options?: { readonly transaction?: boolean }): Promise<T>
  /** For an engine where `write` does not share commits: the frequent writes, many rows to a statement. */
  readonly groups?: GroupWriters
  close(): Promise<void>
}

/** The writes of an issuance and of its changes. Each returns when its row is durable. */
export interface GroupWriters {
  /** Whether the row was inserted with its terms; false if a unique index holds one of its names. */
  insertCertificate(row: NewCertificateRow, terms: readonly Uint8Array[]): Promise<boolean>
  /** The row that got its certificate now, from this call or one that came with it; `undefined` if none did. */
  completeCertificate(row: CompletedRow): Promise<CertificateRow | undefined>
  /** The row after a change of status, or `undefined` if its status was another one. */
  changeStatus(row: ChangedRow): Promise<CertificateRow | undefined>
  /** Adds to the audit trail; sequence numbers become visible in rising order. */
  appendAudit(row: AuditRow): Promise<void>
  /** Inserts rows of one audit chain together; false if the first is not the next of its chain. */
  appendChain(rows: readonly ChainRow[]): Promise<boolean>
}
