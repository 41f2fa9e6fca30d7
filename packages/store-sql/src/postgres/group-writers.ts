import type { GroupWriters } from '../engine/engine.js'
import { type Query, rows } from '../engine/operation.js'
import type { AuditRow, CertificateRow, CompletedRow, NewCertificateRow } from '../schema/tables.js'
import type { PostgresConnections } from './connection.js'
import { grouped } from './grouped.js'

/**
 * Whoever inserts into the audit trail holds this advisory lock until its commit is visible. So sequence numbers become
 * visible in rising order, and a reader that follows them never skips an event whose commit came late.
 */
const auditLock = 0x63657274_61756474n

/** Columns of a group and the types of their arrays: one array to a column keeps the statement the same for any size. */
type ArrayTypes<Row> = { readonly [Column in keyof Row]-?: 'text' | 'bytea' | 'bigint' }

const certificateColumns: ArrayTypes<Omit<NewCertificateRow, keyof typeof fixed>> = {
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
}
/** What is the same in every new row: NULL, but for the status. */
const fixed = { status: 0, certificate: 0, fingerprint: 0, issued_at: 0, revoked_at: 0, revocation_reason: 0 } as const

const completedColumns: ArrayTypes<CompletedRow> = {
  issuer: 'text',
  serial: 'text',
  certificate: 'bytea',
  fingerprint: 'bytea',
  issued_at: 'bigint',
  tbs: 'bytea',
}

const auditColumns: ArrayTypes<AuditRow> = {
  time: 'bigint',
  type: 'text',
  actor: 'text',
  address: 'text',
  request_id: 'text',
  details: 'text',
}

const insertCertificates = `insert into certwright_certificates (${namesOf(certificateColumns)}, status)
  select item.*, 'reserved' from ${unnest(certificateColumns)} on conflict do nothing returning issuer, serial, request_id`

const completeCertificates = `update certwright_certificates as present set status = 'issued',
  certificate = item.certificate, fingerprint = item.fingerprint, issued_at = item.issued_at,
  tbs_certificate = nullif(present.tbs_certificate, item.tbs)
  from ${unnest(completedColumns)}
  where present.issuer = item.issuer and present.serial = item.serial and present.status = 'reserved'
  returning present.*`

const appendAudit = `with turn as materialized (select pg_advisory_xact_lock(${auditLock}))
  insert into certwright_audit (${namesOf(auditColumns)}) select item.* from turn cross join ${unnest(auditColumns)}`

/** The frequent writes of one node: what arrives together is one statement and one commit. */
export function groupWriters(connections: PostgresConnections): GroupWriters {
  const execute = <Row>(query: Query<Row>) => connections.single(() => rows(query))
  return {
    insertCertificate: grouped(async (items: readonly NewCertificateRow[]) => {
      // In one order on all nodes: else two that retry the same requests could wait for each other.
      const ordered = items.toSorted((a, b) => (a.request_id < b.request_id ? -1 : 1))
      const inserted = await execute<Names>(query(insertCertificates, certificateColumns, ordered))
      const names = new Set(inserted.map(nameOf))
      // Of several that are the same in a group, one was inserted: the first is as good as any.
      return items.map((item) => names.delete(nameOf(item)))
    }),
    completeCertificate: grouped(async (items: readonly CompletedRow[]) => {
      const completed = await execute<CertificateRow>(query(completeCertificates, completedColumns, items))
      const bySerial = new Map(completed.map((row) => [JSON.stringify([row.issuer, row.serial]), row]))
      return items.map(({ issuer, serial }) => bySerial.get(JSON.stringify([issuer, serial])))
    }),
    appendAudit: grouped(async (items: readonly AuditRow[]) => {
      await execute(query(appendAudit, auditColumns, items))
      return items.map(() => undefined)
    }),
  }
}

type Names = Pick<NewCertificateRow, 'issuer' | 'serial' | 'request_id'>

function nameOf({ issuer, serial, request_id }: Names): string {
  return JSON.stringify([issuer, serial, request_id])
}

function namesOf(columns: object): string {
  return Object.keys(columns).join(', ')
}

function unnest(columns: Readonly<Record<string, string>>): string {
  const arrays = Object.values(columns).map((type, i) => `$${i + 1}::${type}[]`)
  return `unnest(${arrays.join(', ')}) as item(${namesOf(columns)})`
}

function query<Row, Item extends object>(sql: string, columns: object, items: readonly Item[]): Query<Row> {
  const parameters = Object.keys(columns).map((column) => items.map((item) => Reflect.get(item, column)))
  return { sql, parameters, prepare: true }
}
