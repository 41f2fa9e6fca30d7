import type { RevocationReason } from './certificate-record.js'
import type { Page } from './record-store.js'

/**
 * What became of a certificate: one event for each completed issuance and each change of status. Where there was a
 * precertificate, one `issued` event tells of that and another one of the certificate.
 */
export interface CertificateEvent {
  readonly type: 'issued' | 'held' | 'released' | 'revoked'
  readonly issuer: string
  readonly serial: string
  /** `issuedAt`, or `at` of the change. */
  readonly at: Date
  /** Of `held` and `revoked`; `null` otherwise. */
  readonly reason: RevocationReason | null
  /** Of `issued`: serial of the certificate that is superseded by this one, where there is one. */
  readonly previousSerial?: string
}

/** A page of events. */
export interface EventPage extends Page<CertificateEvent> {
  /** Where this page ended, also on the last page: `after` this come the events recorded later. */
  readonly position: string
}

/** Which events. */
export interface EventRequest {
  /** A `position` or `next` of an earlier page; from the first event when absent. */
  readonly after?: string
  /** 1 to 1000; 100 when absent. */
  readonly limit?: number
  /** Events of this issuer only. */
  readonly issuer?: string
  /** Leaves out `issued`: what a delta CRL is made of. */
  readonly changesOnly?: boolean
}
