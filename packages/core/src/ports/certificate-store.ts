import type { EventPage, EventRequest } from './certificate-events.js'
import type { CertificateQuery, PageRequest } from './certificate-query.js'
import type { CertificateRecord, IssuanceIntent, StatusChange } from './certificate-record.js'
import type { CrlIntent, CrlRecord, CrlScope, RevokedEntry } from './crl-record.js'
import type { Page } from './record-store.js'

/** The answer to `reserve`. */
export type Reservation =
  /** The intent is recorded now. */
  | { readonly kind: 'reserved'; readonly record: CertificateRecord }
  /** The same issuer and `requestId` were there: continue with that record, whose serial and TBS may differ. */
  | { readonly kind: 'existing'; readonly record: CertificateRecord }
  /** Another request has this serial: draw another one. */
  | { readonly kind: 'serial-taken' }

/**
 * The inventory of certificates. Methods may be called concurrently, from several processes where the engine allows it.
 * Each says what is atomic in it; whatever a method acknowledges is durable: a crash afterwards loses nothing, a crash
 * before leaves all of the effect or nothing of it.
 *
 * @throws CertwrightError `store` from any method when the engine fails. Whether a write took effect is then unknown, and
 *   the same call may be made again: it is answered as a second call, never done twice.
 */
export interface CertificateStore {
  /**
   * Records the intent, unless issuer and `requestId` (or issuer and serial) are there already. Atomic: of any number of
   * callers with one `requestId`, or one serial, one gets `reserved`. Records are never deleted.
   *
   * @throws CertwrightError `limit` or `configuration` when a field is not as `IssuanceIntent` says.
   */
  reserve(intent: IssuanceIntent): Promise<Reservation>
  /**
   * Gives a reserved record its precertificate; the status is `issued` from then on. Atomic, together with its `issued`
   * event. Idempotent: if the record has a precertificate or a certificate already, that one stays. What comes back is what
   * is recorded, and only that may be sent to a log.
   *
   * @throws CertwrightError `conflict` when there is no such record; `configuration` for an invalid date.
   */
  precertify(
    issuer: string,
    serial: string,
    signed: { readonly precertificate: Uint8Array; readonly issuedAt: Date },
  ): Promise<CertificateRecord>
  /**
   * Replaces the intent of a record that has no certificate and is not held or revoked, if its present TBSCertificate is
   * `from`: a precertificate was signed, and the final certificate is about to be. Atomic: of any number of callers that start
   * from one intent one succeeds. What comes back is what is recorded, and only that may be signed.
   *
   * @throws CertwrightError `conflict` when there is no such record.
   */
  amend(
    issuer: string,
    serial: string,
    tbsCertificate: { readonly from: Uint8Array; readonly to: Uint8Array },
  ): Promise<CertificateRecord>
  /**
   * Gives its certificate to a record that is reserved, or `issued` with a precertificate only, which is no longer kept.
   * Atomic, together with its `issued` event. Idempotent: if the record has a certificate already, that one stays. What comes
   * back is what is recorded, and only that may be handed out.
   *
   * @throws CertwrightError `conflict` when there is no such record.
   */
  complete(
    issuer: string,
    serial: string,
    issued: { readonly certificate: Uint8Array; readonly fingerprint: string; readonly issuedAt: Date },
  ): Promise<CertificateRecord>
  /** One record by issuer and serial (as in `IssuanceIntent.serial`); sees every write acknowledged before the call. */
  get(issuer: string, serial: string): Promise<CertificateRecord | undefined>
  /**
   * Records that match, newest (by `createdAt`) first; with `expiresBefore`, those that expire first come first. One page
   * is read at one moment. A record that comes in between two pages changes neither.
   *
   * @throws CertwrightError `limit` for a limit out of range, `configuration` for a cursor that is none or an invalid date.
   */
  find(query: CertificateQuery, page?: PageRequest): Promise<Page<CertificateRecord>>
  /**
   * How many records match, at one moment; exact, so it may take time in proportion to the answer. A bulk revocation asks
   * this first, shows it, and then changes what `find` gives one by one: each change is atomic, the whole may be stopped
   * and continued.
   *
   * @throws CertwrightError `configuration` for an invalid date.
   */
  count(query: CertificateQuery): Promise<number>
  /**
   * Changes the status if the present one is among `change.from`. Atomic, together with its event: of any number of
   * callers that start from one status one succeeds.
   *
   * @throws CertwrightError `conflict` when it is not, or there is no such record.
   */
  changeStatus(issuer: string, serial: string, change: StatusChange): Promise<CertificateRecord>
  /**
   * Replaces the tags of a record. Atomic with everything that finds by tags; of two callers at once the later wins.
   *
   * @throws CertwrightError `conflict` when there is no such record, `limit` for too many or too long tags.
   */
  setTags(issuer: string, serial: string, tags: readonly string[]): Promise<CertificateRecord>
  /**
   * All held and revoked certificates of an issuer, or those of one `crlScope`, in serial order (as text), without
   * holding them all in memory. What changes while it is read may be seen or not; what was acknowledged before is seen.
   */
  revoked(issuer: string, options?: { readonly scope?: string }): AsyncIterable<RevokedEntry>
  /**
   * What became of the certificates, in the order in which it was recorded. Whoever follows with `position` sees each
   * event exactly once, whichever node recorded it and however late its commit was, and may go on from any position it
   * has kept. Issuance comes before changes of the same certificate.
   *
   * @throws CertwrightError `limit` for a limit out of range, `configuration` for a position that is none.
   */
  events(request?: EventRequest): Promise<EventPage>
  /**
   * Records what is about to be signed as a CRL, whose number is greater than that of every list and every intent of its
   * issuer and sequence. Atomic: of any number of callers with one number one succeeds. A number is never given back.
   *
   * @throws CertwrightError `conflict` when it is not greater, `limit` or `configuration` when a field is not as
   *   `CrlIntent` says.
   */
  reserveCrl(intent: CrlIntent): Promise<void>
  /** The greatest number of the lists and intents of an issuer and sequence; 0 when there is none. */
  lastCrlNumber(issuer: string, sequence?: string): Promise<number>
  /**
   * Records a CRL whose number is greater than that of the latest of its issuer and scope; its intent, which the list
   * contains, is no longer kept, nor are those of its scope with smaller numbers, which can become lists no more. Atomic: of
   * any number of callers with one number one succeeds.
   *
   * @throws CertwrightError `conflict` when it is not greater, `limit` or `configuration` when a field is not as
   *   `CrlRecord` says.
   */
  addCrl(crl: CrlRecord): Promise<void>
  /** The CRL with the highest number of an issuer and scope (`full` when absent). */
  latestCrl(issuer: string, scope?: string): Promise<CrlRecord | undefined>
  /** Every issuer and scope that has a CRL, at one moment, in no particular order; `full` is named. */
  crlScopes(): Promise<readonly CrlScope[]>
}
