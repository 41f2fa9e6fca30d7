import type { Store } from '@certwright/core/ports'
import type { Engine } from './engine/engine.js'
import { type AuditReader, auditTrail } from './stores/audit.js'
import { certificateStore } from './stores/certificates.js'
import { recordStore } from './stores/records.js'

/** Certificates, records and audit trail in one SQL database. */
export interface SqlStore extends Store, AuditReader {
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
    close: () => engine.close(),
  })
}
