import type { CertificateStatus, RevocationReason } from '@certwright/core/ports'
import { type Kysely, sql } from 'kysely'
import { statement } from '../engine/statement.js'
import type { CompletedRow, NewCertificateRow, Tables } from '../schema/tables.js'

const certificates = 'certwright_certificates'

interface Address {
  readonly issuer: string
  readonly serial: string
}

interface Changed extends Address {
  readonly from: CertificateStatus
  readonly or: CertificateStatus
  readonly to: CertificateStatus
  readonly revoked_at: number | null
  readonly revocation_reason: RevocationReason | null
}

/** The statements of the inventory that run often, compiled once for an engine. */
export function certificateStatements(db: Kysely<Tables>) {
  const byAddress = (p: Address) =>
    db.selectFrom(certificates).selectAll().where('issuer', '=', p.issuer).where('serial', '=', p.serial)
  return {
    ...updateStatements(db),
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
    revoked: statement((p: { readonly issuer: string; readonly after: string; readonly limit: number }) =>
      db
        .selectFrom(certificates)
        .select(['serial', 'revoked_at', 'revocation_reason', 'not_after'])
        .where('issuer', '=', p.issuer)
        .where('serial', '>', p.after)
        // Word for word the condition of the index, else it is not used.
        .where(sql<boolean>`status in ('held', 'revoked')`)
        .orderBy('serial')
        .limit(p.limit),
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
        .where('status', '=', sql<CertificateStatus>`'reserved'`)
        .returningAll(),
    ),
    changeStatus: statement((p: Changed) =>
      db
        .updateTable(certificates)
        .set({ status: p.to, revoked_at: p.revoked_at, revocation_reason: p.revocation_reason })
        .where('issuer', '=', p.issuer)
        .where('serial', '=', p.serial)
        .where((eb) => eb.or([eb('status', '=', p.from), eb('status', '=', p.or)]))
        .returningAll(),
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
  }
}
