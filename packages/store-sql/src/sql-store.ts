import type { AuditChain, Store } from '@certwright/core/ports'
import type { Engine } from './engine/engine.js'
import { type AuditReader, auditTrail } from './stores/audit.js'
import { auditChain } from './stores/audit-chain.js'
import { certificateStore } from './stores/certificates.js'
import { recordStore } from './stores/records.js'

/** Certificates, records and audit trail in one SQL database. */
export interface SqlStore extends Store, AuditReader {
  /** Chains of nodes, for an audit trail that is hash-chained. Apart from `audit`: neither shows what the other holds. */
  readonly auditChain: AuditChain
  /**
   * Waits for writes under way, then lets go of the database: a file that the store opened is closed, a handle or pool
   * that it was given stays open. Later calls fail with `StoreError` `closed`.
   */
  close(): Promise<void>
}

/** The stores on an engine whose schema is in place. */
export function createSqlStore(engine: Engine): SqlStore {
  return Object.freeze({
    certificates: certificateStore(engine),
    records: recordStore(engine),
    ...auditTrail(engine),
    auditChain: auditChain(engine),
    close: () => engine.close(),
  })
}
