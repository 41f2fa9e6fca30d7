import type { CertificateEvent, CertificateStatus, RevocationReason } from '@certwright/core/ports'
import type { Generated, Insertable, Selectable } from 'kysely'

/**
 * The tables as both engines hold them. Times are milliseconds since 1970, digests raw octets, text as `storedText`
 * writes it. PostgreSQL gives 64-bit integers as strings: pass every number through `Number`.
 */
export interface Tables {
  readonly certwright_certificates: CertificatesTable
  readonly certwright_certificate_terms: CertificateTermsTable
  readonly certwright_events: EventsTable
  readonly certwright_crls: CrlsTable
  readonly certwright_crl_intents: CrlIntentsTable
  readonly certwright_records: RecordsTable
  readonly certwright_record_terms: RecordTermsTable
  readonly certwright_audit: AuditTable
  readonly certwright_audit_chain: ChainRow
  readonly certwright_schema: { readonly version: number }
}

export interface CertificatesTable {
  readonly id: Generated<number>
  readonly issuer: string
  readonly serial: string
  readonly request_id: string
  readonly request_digest: Uint8Array
  /** NULL once the certificate is there and contains it. */
  readonly tbs_certificate: Uint8Array | null
  readonly profile: string
  readonly requester: string
  readonly subject: string
  readonly subject_der: Uint8Array
  /** SHA-256 of `subject_der`: a Name may be longer than an index entry can be. */
  readonly subject_digest: Uint8Array
  readonly public_key_digest: Uint8Array
  readonly not_before: number
  readonly not_after: number
  readonly created_at: number
  readonly previous_serial: string | null
  readonly status: CertificateStatus
  /** The certificate, or the precertificate where there is no more: then `fingerprint` is NULL. */
  readonly certificate: Uint8Array | null
  readonly fingerprint: Uint8Array | null
  readonly issued_at: number | null
  readonly revoked_at: number | null
  readonly revocation_reason: RevocationReason | null
  readonly invalidity_date: number | null
  /** JSON array of texts. */
  readonly names: string
  /** JSON array of texts. */
  readonly tags: string
  /** NULL where it is `full`. */
  readonly crl_scope: string | null
}

/** A name or tag that a certificate is found by. */
export interface CertificateTermsTable {
  /** SHA-256 of the kind (`name`, `tag`) and the text. */
  readonly term: Uint8Array
  readonly created_at: number
  readonly certificate_id: number
}

export interface EventsTable {
  readonly sequence: Generated<number>
  readonly type: CertificateEvent['type']
  readonly certificate_id: number
  readonly at: number
  readonly reason: RevocationReason | null
}

interface CrlColumns {
  readonly issuer: string
  readonly scope: string
  readonly sequence: string
  readonly number: number
  readonly this_update: number
  readonly next_update: number
  readonly position: string | null
  readonly base_number: number | null
  readonly base_next_update: number | null
}

export interface CrlsTable extends CrlColumns {
  readonly crl: Uint8Array
}

/** What was about to be signed and is not recorded as a CRL (yet). */
export interface CrlIntentsTable extends CrlColumns {
  readonly tbs_cert_list: Uint8Array
}

export interface RecordsTable {
  readonly id: Generated<number>
  /** SHA-256 of the collection's name: name and key together may be longer than an index entry can be. */
  readonly collection_id: Uint8Array
  readonly collection: string
  readonly key: string
  readonly version: number
  /** JSON. */
  readonly value: string
  readonly expires_at: number | null
}

/** An index term of a record. */
export interface RecordTermsTable {
  /** SHA-256 of collection, name and value. */
  readonly term: Uint8Array
  readonly key: string
  readonly record_id: number
}

export interface AuditTable {
  readonly sequence: Generated<number>
  readonly time: number
  readonly type: string
  readonly actor: string | null
  readonly address: string | null
  readonly request_id: string
  /** JSON. */
  readonly details: string
}

/** A record of a node's audit chain. */
export interface ChainRow {
  readonly node: string
  readonly sequence: number
  readonly content: string
  readonly hash: Uint8Array
}

export type CertificateRow = Selectable<CertificatesTable>
export type NewCertificateRow = Required<Insertable<Omit<CertificatesTable, 'id'>>>
/** What completes a row, or gives it a precertificate. */
export interface CompletedRow {
  readonly issuer: string
  readonly serial: string
  readonly certificate: Uint8Array
  /** NULL for a precertificate. */
  readonly fingerprint: Uint8Array | null
  readonly issued_at: number
  /** The TBSCertificate in `certificate`: what equals it is not kept a second time. */
  readonly tbs: Uint8Array
}
/** A change of status and its event. */
export interface ChangedRow {
  readonly issuer: string
  readonly serial: string
  /** The present status must be one of these two, which may be the same. */
  readonly from_status: CertificateStatus
  readonly or_status: CertificateStatus
  readonly to_status: CertificateStatus
  readonly revoked_at: number | null
  readonly revocation_reason: RevocationReason | null
  readonly invalidity_date: number | null
  readonly event_type: CertificateEvent['type']
  readonly event_at: number
}
export type AuditRow = Required<Insertable<Omit<AuditTable, 'sequence'>>>
