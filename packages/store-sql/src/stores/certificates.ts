import { CertwrightError } from '@certwright/core/errors'
import type {
  CertificateRecord,
  CertificateStore,
  IssuanceIntent,
  Reservation,
  StatusChange,
} from '@certwright/core/ports'
import { checkChange, checkDate, checkIntent, checkIssued, checkTags } from '@certwright/core/storage'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { hexOctets } from '../schema/octets.js'
import type { CertificateRow, ChangedRow, CompletedRow, NewCertificateRow } from '../schema/tables.js'
import { tbsOf } from '../schema/tbs.js'
import { storedText } from '../schema/text.js'
import { countQuery, findPage } from './certificate-find.js'
import { toRecord, toRow } from './certificate-rows.js'
import { type AmendedRow, certificateStatements } from './certificate-statements.js'
import { setTags } from './certificate-tags.js'
import { termsOf } from './certificate-terms.js'
import { crlStore } from './crls.js'
import { eventPage } from './events.js'
import { revoked } from './revoked.js'

type Statements = ReturnType<typeof certificateStatements>

/** The inventory of certificates on an engine. */
export function certificateStore(engine: Engine): CertificateStore {
  const statements = certificateStatements(engine.builder)
  return Object.freeze({
    async reserve(intent) {
      checkIntent(intent)
      return reserve(engine, statements, intent)
    },
    async precertify(issuer, serial, { precertificate, issuedAt }) {
      checkDate('issuedAt', issuedAt)
      const args = {
        issuer: storedText(issuer),
        serial: storedText(serial),
        certificate: precertificate,
        fingerprint: null,
        issued_at: issuedAt.getTime(),
        // The intent stays beside it, to be compared when it is amended.
        tbs: new Uint8Array(),
      }
      return complete(engine, statements, args)
    },
    async amend(issuer, serial, { from, to }) {
      return amend(engine, statements, { issuer: storedText(issuer), serial: storedText(serial), from, to })
    },
    async complete(issuer, serial, issued) {
      checkIssued(issued)
      const args = {
        issuer: storedText(issuer),
        serial: storedText(serial),
        certificate: issued.certificate,
        fingerprint: hexOctets(issued.fingerprint),
        issued_at: issued.issuedAt.getTime(),
        tbs: tbsOf(issued.certificate) ?? new Uint8Array(),
      }
      return complete(engine, statements, args)
    },
    async get(issuer, serial) {
      const address = { issuer: storedText(issuer), serial: storedText(serial) }
      return engine.read(() => byAddress(statements, address))
    },
    async find(query, page = {}) {
      return engine.read(findPage(engine, query, page))
    },
    async count(query) {
      const counting = countQuery(engine, query)
      const [row] = await engine.read(() => rows(counting))
      return Number(row?.count)
    },
    async changeStatus(issuer, serial, change) {
      checkChange(change)
      return changeStatus(engine, statements, toChangedRow(storedText(issuer), storedText(serial), change))
    },
    async setTags(issuer, serial, tags) {
      checkTags(tags)
      return setTags(engine, statements, { issuer: storedText(issuer), serial: storedText(serial) }, tags)
    },
    revoked: (issuer, options) => revoked(engine, statements, issuer, options?.scope),
    async events(request = {}) {
      return engine.read(eventPage(engine, request))
    },
    ...crlStore(engine),
  } satisfies CertificateStore)
}

async function reserve(engine: Engine, statements: Statements, intent: IssuanceIntent): Promise<Reservation> {
  const row = toRow(intent)
  const terms = termsOf(intent)
  const inserted = await (engine.groups?.insertCertificate(row, terms) ??
    engine.write(() => insert(statements, row, terms), { transaction: terms.length > 0 }))
  // Rows are never deleted, so whoever stood in the way is still there.
  return inserted ? { kind: 'reserved', record: toRecord(row) } : engine.read(() => inTheWay(statements, row))
}

function* insert(statements: Statements, row: NewCertificateRow, terms: readonly Uint8Array[]): Operation<boolean> {
  const [inserted] = yield* rows(statements.insert(row))
  if (!inserted) return false
  const { created_at } = row
  for (const term of terms) yield* rows(statements.insertTerm({ term, created_at, certificate_id: inserted.id }))
  return true
}

function* inTheWay(statements: Statements, row: NewCertificateRow): Operation<Reservation> {
  const [existing] = yield* rows(statements.byRequest(row))
  if (existing) return { kind: 'existing', record: toRecord(existing) }
  const [holder] = yield* rows(statements.byAddress(row))
  if (holder) return { kind: 'serial-taken' }
  throw new StoreError('failed', 'the database neither took the record nor showed what is in its way')
}

async function complete(engine: Engine, statements: Statements, row: CompletedRow): Promise<CertificateRecord> {
  const completed = await (engine.groups?.completeCertificate(row) ??
    engine.write(() => completeWithEvent(statements, row), { transaction: true }))
  if (completed) return toRecord(completed)
  const present = await engine.read(() => byAddress(statements, row))
  if (present) return present
  throw new CertwrightError('conflict', 'no such serial number is reserved')
}

async function amend(engine: Engine, statements: Statements, row: AmendedRow): Promise<CertificateRecord> {
  const [amended] = await engine.write(() => rows(statements.amend(row)))
  if (amended) return toRecord(amended)
  const present = await engine.read(() => byAddress(statements, row))
  if (present) return present
  throw new CertwrightError('conflict', 'no such serial number is reserved')
}

function* completeWithEvent(statements: Statements, row: CompletedRow): Operation<CertificateRow | undefined> {
  const [completed] = yield* rows(statements.complete(row))
  if (!completed) return undefined
  const event = { type: 'issued', certificate_id: completed.id, at: row.issued_at, reason: null } as const
  yield* rows(statements.insertEvent(event))
  return completed
}

function* byAddress(
  statements: Statements,
  address: { readonly issuer: string; readonly serial: string },
): Operation<CertificateRecord | undefined> {
  const [row] = yield* rows(statements.byAddress(address))
  return row && toRecord(row)
}

function toChangedRow(issuer: string, serial: string, change: StatusChange): ChangedRow {
  const { from } = change
  const lifted = change.to === 'issued'
  return {
    issuer,
    serial,
    from_status: from[0] ?? change.to,
    or_status: from.at(-1) ?? change.to,
    to_status: change.to,
    revoked_at: lifted ? null : change.at.getTime(),
    revocation_reason: lifted ? null : change.reason,
    invalidity_date: change.to === 'revoked' ? (change.invalidityDate?.getTime() ?? null) : null,
    event_type: lifted ? 'released' : change.to,
    event_at: change.at.getTime(),
  }
}

async function changeStatus(engine: Engine, statements: Statements, row: ChangedRow): Promise<CertificateRecord> {
  const changed = await (engine.groups?.changeStatus(row) ??
    engine.write(() => changeWithEvent(statements, row), { transaction: true }))
  if (changed) return toRecord(changed)
  const present = await engine.read(() => byAddress(statements, row))
  if (!present) throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  const from = [...new Set([row.from_status, row.or_status])].join(' or ')
  throw new CertwrightError('conflict', `the certificate is ${present.status}, not ${from}`)
}

function* changeWithEvent(statements: Statements, row: ChangedRow): Operation<CertificateRow | undefined> {
  const [changed] = yield* rows(statements.changeStatus(row))
  if (!changed) return undefined
  const { event_type: type, event_at: at, revocation_reason: reason } = row
  yield* rows(statements.insertEvent({ type, certificate_id: changed.id, at, reason }))
  return changed
}
