import type { AuditSink } from './audit-sink.js'
import type { CertificateStore } from './certificate-store.js'
import type { RecordStore } from './record-store.js'

/** The three stores that an engine gives together. */
export interface Store {
  readonly certificates: CertificateStore
  readonly records: RecordStore
  readonly audit: AuditSink
}
