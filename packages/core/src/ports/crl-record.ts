import type { RevocationReason } from './certificate-record.js'

/** An entry of a revocation list. */
export interface RevokedEntry {
  readonly serial: string
  readonly revokedAt: Date
  readonly reason: RevocationReason
  readonly notAfter: Date
  readonly invalidityDate?: Date
}

/** What CRLs are numbered by. */
export interface CrlScope {
  readonly issuer: string
  readonly scope: string
}

/** A recorded CRL. */
export interface CrlRecord {
  readonly issuer: string
  /**
   * What the list covers, 1 to 256 characters: `full` when absent; a delta, a partition or a list for one reason has a
   * name of the issuer's choice, such as `delta` or `p7`.
   */
  readonly scope?: string
  /**
   * CRL number (RFC 5280 section 5.2.3): a safe integer from 1, greater than the one before of its issuer and scope. A
   * full list and its deltas share one sequence: their maker takes one more than the greater of the two.
   */
  readonly number: number
  /** DER CertificateList. */
  readonly crl: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /**
   * Position in the event feed that was read before the list was made, at most 256 characters: a delta to this list
   * holds what happened after it.
   */
  readonly position?: string
}
