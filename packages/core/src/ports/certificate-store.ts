import type { Page } from './record-store.js'

/**
 * The life of a stored certificate. `reserved`: the intent is recorded, nothing is signed yet as far as the store
 * knows. `issued`: may be handed out. `held` and `revoked`: RFC 5280 section 5.3.1.
 */
export type CertificateStatus = 'reserved' | 'issued' | 'held' | 'revoked'

/** CRLReason by name (RFC 5280 section 5.3.1). */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'privilegeWithdrawn'
  | 'aACompromise'

/** What is recorded before the signature: the whole content to be signed and why. */
export interface IssuanceIntent {
  /** Id of the certificate authority (`org~ca`), 1 to 256 characters. */
  readonly issuer: string
  /**
   * Serial number, lower-case hexadecimal of its content octets, two digits an octet, at most 32 octets. Unique for the
   * issuer.
   */
  readonly serial: string
  /** The caller's id of the request, 1 to 256 characters. Unique for the issuer. */
  readonly requestId: string
  /** SHA-256 of what the request asks for, hexadecimal: a `requestId` used again for something else is refused. */
  readonly requestDigest: string
  /** DER TBSCertificate, exactly as it will be signed. */
  readonly tbsCertificate: Uint8Array
  /** At most 512 characters. */
  readonly profile: string
  /** Who asked, as the authenticator named it; at most 512 characters. */
  readonly requester: string
  /** Subject as an RFC 4514 string, of any length. */
  readonly subject: string
  /** DER of the subject Name: for exact look-ups. */
  readonly subjectDer: Uint8Array
  /** SHA-256 of the DER SubjectPublicKeyInfo, hexadecimal. */
  readonly publicKeyDigest: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** When the intent was made. */
  readonly createdAt: Date
  /** Serial of the certificate that this one renews, where it does. */
  readonly previousSerial?: string
}

/** A stored certificate, or an intent that has no signature yet. */
export interface CertificateRecord extends IssuanceIntent {
  readonly status: CertificateStatus
  /** DER Certificate; `null` while the status is `reserved`. */
  readonly certificate: Uint8Array | null
  /** SHA-256 of the DER Certificate, hexadecimal; `null` while the status is `reserved`. */
  readonly fingerprint: string | null
  readonly issuedAt: Date | null
  readonly revokedAt: Date | null
  readonly revocationReason: RevocationReason | null
}

/** The answer to `reserve`. */
export type Reservation =
  /** The intent is recorded now. */
  | { readonly kind: 'reserved'; readonly record: CertificateRecord }
  /** The same issuer and `requestId` were there: continue with that record, whose serial and TBS may differ. */
  | { readonly kind: 'existing'; readonly record: CertificateRecord }
  /** Another request has this serial: draw another one. */
  | { readonly kind: 'serial-taken' }

/** A change of status; it happens only if the present status is one of `from`. */
export type StatusChange =
  | {
      readonly from: readonly ('issued' | 'held')[]
      readonly to: 'revoked'
      readonly reason: RevocationReason
      readonly at: Date
    }
  | { readonly from: readonly 'issued'[]; readonly to: 'held'; readonly reason: 'certificateHold'; readonly at: Date }
  | { readonly from: readonly 'held'[]; readonly to: 'issued'; readonly at: Date }

/** Which certificates `find` gives; all conditions hold together. Records still `reserved` only when asked by status. */
export interface CertificateQuery {
  readonly issuer?: string
  readonly status?: CertificateStatus
  readonly profile?: string
  readonly requester?: string
  /** Exact subject: DER of the Name. */
  readonly subjectDer?: Uint8Array
  readonly fingerprint?: string
  readonly publicKeyDigest?: string
  /** `notAfter` earlier than this. */
  readonly expiresBefore?: Date
  /** `notAfter` at this moment or later. */
  readonly validAt?: Date
}

/** An entry of a revocation list. */
export interface RevokedEntry {
  readonly serial: string
  readonly revokedAt: Date
  readonly reason: RevocationReason
  readonly notAfter: Date
}

/** A recorded CRL. */
export interface CrlRecord {
  readonly issuer: string
  /** CRL number (RFC 5280 section 5.2.3): strictly rising for the issuer, from 1. */
  readonly number: number
  /** DER CertificateList. */
  readonly crl: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate: Date
}

/**
 * The inventory of certificates. Every method is atomic and durable when it returns: a crash afterwards loses nothing,
 * a crash before leaves the state as it was. Methods may be called concurrently, from several processes where the
 * engine allows it.
 *
 * @throws CertwrightError `store` from any method when the engine fails.
 */
export interface CertificateStore {
  /**
   * Records the intent, unless issuer and `requestId` (or issuer and serial) are there already.
   *
   * @throws CertwrightError `limit` or `configuration` when a field is not as `IssuanceIntent` says.
   */
  reserve(intent: IssuanceIntent): Promise<Reservation>
  /**
   * Gives a reserved record its certificate. Idempotent: if the record has one already, that one stays. What comes back
   * is what is recorded, and only that may be handed out.
   *
   * @throws CertwrightError `conflict` when there is no such record.
   */
  complete(
    issuer: string,
    serial: string,
    issued: { readonly certificate: Uint8Array; readonly fingerprint: string; readonly issuedAt: Date },
  ): Promise<CertificateRecord>
  /** One record by issuer and serial (as in `IssuanceIntent.serial`). */
  get(issuer: string, serial: string): Promise<CertificateRecord | undefined>
  /**
   * Records that match, newest (by `createdAt`) first. A record that comes in between two pages changes neither.
   *
   * @throws CertwrightError `limit` for a limit out of range, `configuration` for a cursor that is none.
   */
  find(
    query: CertificateQuery,
    page?: {
      /** 1 to 1000; 100 when absent. */
      readonly limit?: number
      readonly after?: string
    },
  ): Promise<Page<CertificateRecord>>
  /**
   * Changes the status if the present one is among `change.from`.
   *
   * @throws CertwrightError `conflict` when it is not, or there is no such record.
   */
  changeStatus(issuer: string, serial: string, change: StatusChange): Promise<CertificateRecord>
  /**
   * All held and revoked certificates of an issuer in serial order (as text), without holding them all in memory. What
   * changes while it is read may be seen or not.
   */
  revoked(issuer: string): AsyncIterable<RevokedEntry>
  /**
   * Records a CRL whose number must be one more than the latest of its issuer.
   *
   * @throws CertwrightError `conflict` when it is not.
   */
  addCrl(crl: CrlRecord): Promise<void>
  /** The CRL with the highest number. */
  latestCrl(issuer: string): Promise<CrlRecord | undefined>
}
