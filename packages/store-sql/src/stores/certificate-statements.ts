import type { CertificateStatus } from '@certwright/core/ports'
import { type Kysely, sql } from 'kysely'
import { statement } from '../engine/statement.js'
import type {
  CertificateTermsTable,
  ChangedRow,
  CompletedRow,
  EventsTable,
  NewCertificateRow,
  Tables,
} from '../schema/tables.js'

const certificates = 'certwright_certificates'

/** An intent in place of another. */
export interface AmendedRow extends Address {
  readonly from: Uint8Array
  readonly to: Uint8Array
}

interface Address {
  readonly issuer: string
  readonly serial: string
}

/** The statements of the inventory that run often, compiled once for an engine. */
export function certificateStatements(db: Kysely<Tables>) {
  const byAddress = (p: Address) =>
    db.selectFrom(certificates).selectAll().where('issuer', '=', p.issuer).where('serial', '=', p.serial)
  return {
    ...updateStatements(db),
    ...termStatements(db),
    ...revokedStatements(db),
    /** Gives a row if the intent was recorded, none if a unique index holds one of its names. */
    insert: statement((p: NewCertificateRow) =>
      db
        .insertInto(certificates)
        .values({ ...insertedColumns(p) })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    ),
    byAddress: statement(byAddress),
    byRequest: statement((p: { readonly issuer: string; readonly request_id: string }) =>
      db.selectFrom(certificates).selectAll().where('issuer', '=', p.issuer).where('request_id', '=', p.request_id),
    ),
  }
}

function updateStatements(db: Kysely<Tables>) {
  return {
    complete: statement((p: CompletedRow) =>
      db
        .updateTable(certificates)
        .set({
          status: sql<CertificateStatus>`'issued'`,
          certificate: p.certificate,
          fingerprint: p.fingerprint,
          issued_at: p.issued_at,
          tbs_certificate: sql<Uint8Array | null>`nullif(tbs_certificate, ${p.tbs})`,
        })
        .where('issuer', '=', p.issuer)
        .where('serial', '=', p.serial)
        // A certificate takes the place of a precertificate, and nothing takes the place of a certificate.
        .where(
          sql<boolean>`(status = 'reserved' or (status = 'issued' and fingerprint is null and ${p.fingerprint} is not null))`,
        )
        .returningAll(),
    ),
    amend: statement((p: AmendedRow) =>
      db
        .updateTable(certificates)
        .set({ tbs_certificate: p.to })
        .where('issuer', '=', p.issuer)
        .where('serial', '=', p.serial)
        .where(sql<boolean>`fingerprint is null and status in ('reserved', 'issued')`)
        .where('tbs_certificate', '=', p.from)
        .returningAll(),
    ),
    changeStatus: statement((p: ChangedRow) =>
      db
        .updateTable(certificates)
        .set({
          status: p.to_status,
          revoked_at: p.revoked_at,
          revocation_reason: p.revocation_reason,
          invalidity_date: p.invalidity_date,
        })
        .where('issuer', '=', p.issuer)
        .where('serial', '=', p.serial)
        .where((eb) => eb.or([eb('status', '=', p.from_status), eb('status', '=', p.or_status)]))
        .returningAll(),
    ),
    insertEvent: statement((p: Omit<EventsTable, 'sequence'>) =>
      db
        .insertInto('certwright_events')
        .values({ type: p.type, certificate_id: p.certificate_id, at: p.at, reason: p.reason }),
    ),
  }
}

function termStatements(db: Kysely<Tables>) {
  return {
    insertTerm: statement((p: CertificateTermsTable) =>
      db
        .insertInto('certwright_certificate_terms')
        .values({ term: p.term, created_at: p.created_at, certificate_id: p.certificate_id })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    deleteTerm: statement((p: CertificateTermsTable) =>
      db
        .deleteFrom('certwright_certificate_terms')
        .where('term', '=', p.term)
        .where('created_at', '=', p.created_at)
        .where('certificate_id', '=', p.certificate_id),
    ),
    setTags: statement((p: Address & { readonly tags: string; readonly old: string }) =>
      db
        .updateTable(certificates)
        .set({ tags: p.tags })
        .where('issuer', '=', p.issuer)
        .where('serial', '=', p.serial)
        .where('tags', '=', p.old)
        .returningAll(),
    ),
  }
}

type RevokedAfter = { readonly issuer: string; readonly after: string; readonly limit: number }

function revokedStatements(db: Kysely<Tables>) {
  const revoked = (p: RevokedAfter) =>
    db
      .selectFrom(certificates)
      .select(['serial', 'revoked_at', 'revocation_reason', 'not_after', 'invalidity_date'])
      .where('issuer', '=', p.issuer)
      .where('serial', '>', p.after)
      // Word for word the condition of the index, else it is not used.
      .where(sql<boolean>`status in ('held', 'revoked')`)
      .orderBy('serial')
      .limit(p.limit)
  return {
    revoked: statement(revoked),
    revokedFull: statement((p: RevokedAfter) => revoked(p).where('crl_scope', 'is', null)),
    revokedOfScope: statement((p: RevokedAfter & { readonly scope: string }) =>
      revoked(p).where('crl_scope', 'is not', null).where('crl_scope', '=', p.scope),
    ),
  }
}

/** The columns by name: a placeholder object has no properties of its own to spread. */
function insertedColumns(p: NewCertificateRow): NewCertificateRow {
  return {
    issuer: p.issuer,
    serial: p.serial,
    request_id: p.request_id,
    request_digest: p.request_digest,
    tbs_certificate: p.tbs_certificate,
    profile: p.profile,
    requester: p.requester,
    subject: p.subject,
    subject_der: p.subject_der,
    subject_digest: p.subject_digest,
    public_key_digest: p.public_key_digest,
    not_before: p.not_before,
    not_after: p.not_after,
    created_at: p.created_at,
    previous_serial: p.previous_serial,
    status: p.status,
    certificate: p.certificate,
    fingerprint: p.fingerprint,
    issued_at: p.issued_at,
    revoked_at: p.revoked_at,
    revocation_reason: p.revocation_reason,
    invalidity_date: p.invalidity_date,
    names: p.names,
    tags: p.tags,
    crl_scope: p.crl_scope,
  }
}
