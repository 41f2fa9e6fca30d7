/**
 * The audit trail as a chain of hashes with signed checkpoints: an `AuditSink` that writes it, its export as lines of JSON,
 * and a verifier that names the first record that is altered or missing.
 *
 * @module
 */
export { auditLimits } from './bound-event.js'
export { type AuditExportOptions, auditLines, exportAuditTrail } from './export.js'
export type { AuditFault, AuditFaultKind, AuditVerification, VerifiedChain } from './fault.js'
export {
  type AuditRecord,
  type Checkpoint,
  checkpointKeyId,
  checkpointOctets,
  parseAuditLine,
  type RecordBody,
  readContent,
  recordHash,
} from './record.js'
export { createAuditTrail } from './trail.js'
export type { AuditTrail, AuditTrailDeps, AuditTrailOptions } from './types.js'
export { type AuditExpectation, type HeldCheckpoint, verifyAuditTrail } from './verify.js'
