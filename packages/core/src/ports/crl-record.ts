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

/** What is known of a CRL before and after it is signed. */
interface CrlFacts {
  readonly issuer: string
  /**
   * What the list covers, 1 to 256 characters: `full` when absent; a delta, a partition or a list under another key has a
   * name of the issuer's choice, such as `delta` or `7`.
   */
  readonly scope?: string
  /**
   * Lists that are numbered together, 1 to 256 characters: the name of the scope when absent. A complete list and its
   * deltas share one sequence (RFC 5280 section 5.2.3).
   */
  readonly sequence?: string
  /** CRL number (RFC 5280 section 5.2.3): a safe integer from 1, greater than every one before of its issuer and sequence. */
  readonly number: number
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /**
   * Position in the event feed that was read before the list was made, at most 256 characters: a delta to this list
   * holds what happened after it. A delta has the position of its base.
   */
  readonly position?: string
  /** Of a delta: the complete list that it says the changes to. */
  readonly base?: CrlBase
}

/** The base of a delta CRL (RFC 5280 section 5.2.4). */
export interface CrlBase {
  readonly number: number
  /** Until when somebody may rely on that list. */
  readonly nextUpdate: Date
}

/** What is recorded of a CRL before it is signed: all of it. */
export interface CrlIntent extends CrlFacts {
  /** DER TBSCertList, exactly as it will be signed. */
  readonly tbsCertList: Uint8Array
}

/** A recorded CRL. */
export interface CrlRecord extends CrlFacts {
  /** DER CertificateList. */
  readonly crl: Uint8Array
}
