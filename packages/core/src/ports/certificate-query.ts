import type { CertificateStatus } from './certificate-record.js'

/**
 * Which certificates `find` and `count` are about; all conditions hold together. Records still `reserved` only when
 * asked for by status. A text that no record can have matches none.
 */
export interface CertificateQuery {
  readonly issuer?: string
  readonly serial?: string
  readonly status?: CertificateStatus
  readonly profile?: string
  readonly requester?: string
  /** Exact subject: DER of the Name. */
  readonly subjectDer?: Uint8Array
  /** One of the record's `names`, exactly. */
  readonly name?: string
  /** The record has all of these tags. */
  readonly tags?: readonly string[]
  readonly fingerprint?: string
  readonly publicKeyDigest?: string
  /** `notAfter` earlier than this. */
  readonly expiresBefore?: Date
  /** `notAfter` at this moment or later. */
  readonly validAt?: Date
  /** Records that renew or replace the certificate with this serial. */
  readonly previousSerial?: string
  /** Whether a certificate of the same issuer renews or replaces it; intents and precertificates do not yet. */
  readonly superseded?: boolean
}

/** Which page of a listing. */
export interface PageRequest {
  /** 1 to 1000; 100 when absent. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
}
