/**
 * A record of one decision. It never holds a secret; every value is short and safe to print.
 */
export interface AuditEvent {
  /** When it was decided. */
  readonly time: Date
  /** What was decided: `certificate.issued`, `enrollment.refused`, ... */
  readonly type: AuditEventType
  /** Who asked, as the authenticator named it; `null` when nobody was authenticated. */
  readonly actor: string | null
  /** Network address of the peer, where there is one. */
  readonly address?: string
  /** The request's id: the same in every event of one request. */
  readonly requestId: string
  /** Facts by name: protocol, operation, policy, profile, issuer, serial, keyAlgorithm, code, reason, ... */
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** The decisions that are recorded. */
export type AuditEventType =
  | 'audit.resumed'
  | 'ca.created'
  | 'ca.condition-changed'
  | 'ca.imported'
  | 'ca.installed'
  | 'ca.refused'
  | 'ca.requested'
  | 'ca.rolled-over'
  | 'certificate.bulk-revocation'
  | 'certificate.precertified'
  | 'certificate.not-logged'
  | 'certificate.issued'
  | 'certificate.refused'
  | 'certificate.status-changed'
  | 'certificate.status-change-failed'
  | 'crl.issued'
  | 'crl.published'
  | 'crl.publication-failed'
  | 'enrollment.refused'
  | 'enrollment.pending'

/** Where audit events go. An operation whose event was not taken does not happen. */
export interface AuditSink {
  /**
   * Returns when the event is durable. Atomicity: one event is whole or absent. Order: events whose `record` calls did
   * not overlap keep their order.
   *
   * @throws CertwrightError `audit` when it could not be recorded.
   */
  record(event: AuditEvent): Promise<void>
}
