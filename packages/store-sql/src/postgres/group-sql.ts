import type { AuditRow, ChainRow, ChangedRow, CompletedRow, NewCertificateRow } from '../schema/tables.js'

/**
 * Whoever inserts into a table that is followed by sequence number holds its advisory lock until its commit is visible.
 * So the numbers become visible in rising order, and a reader never skips one whose commit came late.
 */
const auditLock = 0x63657274_61756474n
const eventLock = 0x63657274_65766e74n

/** Columns of a group and the types of their arrays: one array to a column keeps the statement the same for any size. */
export type ArrayTypes<Row> = { readonly [Column in keyof Row]-?: 'text' | 'bytea' | 'bigint' }

/** What is the same in every new row: NULL, but for the status. */
type Fixed =
  | 'status'
  | 'certificate'
  | 'fingerprint'
  | 'issued_at'
  | 'revoked_at'
  | 'revocation_reason'
  | 'invalidity_date'

export const certificateColumns: ArrayTypes<Omit<NewCertificateRow, Fixed>> = {
  issuer: 'text',
  serial: 'text',
  request_id: 'text',
  request_digest: 'bytea',
  tbs_certificate: 'bytea',
  profile: 'text',
  requester: 'text',
  subject: 'text',
  subject_der: 'bytea',
  subject_digest: 'bytea',
  public_key_digest: 'bytea',
  not_before: 'bigint',
  not_after: 'bigint',
  created_at: 'bigint',
  previous_serial: 'text',
  names: 'text',
  tags: 'text',
  crl_scope: 'text',
}

/** A term and the row it belongs to. */
export interface TermOfRow extends Pick<NewCertificateRow, 'issuer' | 'serial' | 'request_id'> {
  readonly term: Uint8Array
}

export const termColumns: ArrayTypes<TermOfRow> = { issuer: 'text', serial: 'text', request_id: 'text', term: 'bytea' }

export const completedColumns: ArrayTypes<CompletedRow> = {
  issuer: 'text',
  serial: 'text',
  certificate: 'bytea',
  fingerprint: 'bytea',
  issued_at: 'bigint',
  tbs: 'bytea',
}

export const changedColumns: ArrayTypes<ChangedRow> = {
  issuer: 'text',
  serial: 'text',
  from_status: 'text',
  or_status: 'text',
  to_status: 'text',
  revoked_at: 'bigint',
  revocation_reason: 'text',
  invalidity_date: 'bigint',
  event_type: 'text',
  event_at: 'bigint',
}

export const auditColumns: ArrayTypes<AuditRow> = {
  time: 'bigint',
  type: 'text',
  actor: 'text',
  address: 'text',
  request_id: 'text',
  details: 'text',
}

export const chainColumns: ArrayTypes<ChainRow> = { node: 'text', sequence: 'bigint', content: 'text', hash: 'bytea' }

const turn = (lock: bigint) => `turn as materialized (select pg_advisory_xact_lock(${lock}))`

export const insertCertificates = `with inserted as (
    insert into certwright_certificates (${namesOf(certificateColumns)}, status)
    select item.*, 'reserved' from ${unnest(certificateColumns)} on conflict do nothing
    returning id, created_at, issuer, serial, request_id),
  terms as (
    insert into certwright_certificate_terms (term, created_at, certificate_id)
    select item.term, inserted.created_at, inserted.id
    from ${unnest(termColumns, Object.keys(certificateColumns).length)}
    join inserted using (issuer, serial, request_id) on conflict do nothing)
  select issuer, serial, request_id from inserted`

export const completeCertificates = `with ${turn(eventLock)}, completed as (
    update certwright_certificates as present set status = 'issued',
      certificate = item.certificate, fingerprint = item.fingerprint, issued_at = item.issued_at,
      tbs_certificate = nullif(present.tbs_certificate, item.tbs)
    from turn cross join ${unnest(completedColumns)}
    where present.issuer = item.issuer and present.serial = item.serial and (present.status = 'reserved'
      or (present.status = 'issued' and present.fingerprint is null and item.fingerprint is not null))
    returning present.*),
  event as (
    insert into certwright_events (type, certificate_id, at) select 'issued', id, issued_at from completed)
  select * from completed`

export const changeStatuses = `with ${turn(eventLock)}, changed as (
    update certwright_certificates as present set status = item.to_status, revoked_at = item.revoked_at,
      revocation_reason = item.revocation_reason, invalidity_date = item.invalidity_date
    from turn cross join ${unnest(changedColumns)}
    where present.issuer = item.issuer and present.serial = item.serial
      and present.status in (item.from_status, item.or_status)
    returning present.*, item.event_type, item.event_at),
  event as (
    insert into certwright_events (type, certificate_id, at, reason)
    select event_type, id, event_at, revocation_reason from changed)
  select * from changed`

export const appendAudit = `with ${turn(auditLock)}
  insert into certwright_audit (${namesOf(auditColumns)}) select item.* from turn cross join ${unnest(auditColumns)}`

/**
 * The last parameters: node and sequence number of the first row. Nobody is waited for: of two that see the same end of a
 * chain the primary key refuses one, as a whole.
 */
export const appendChain = `insert into certwright_audit_chain (${namesOf(chainColumns)})
  select item.* from ${unnest(chainColumns)}
  where $6::bigint = 1 + coalesce((select max(sequence) from certwright_audit_chain where node = $5), 0)
  returning sequence`

function namesOf(columns: object): string {
  return Object.keys(columns).join(', ')
}

/** @param before parameters of the statement that come earlier */
function unnest(columns: Readonly<Record<string, string>>, before = 0): string {
  const arrays = Object.values(columns).map((type, i) => `$${before + i + 1}::${type}[]`)
  return `unnest(${arrays.join(', ')}) as item(${namesOf(columns)})`
}
