import { CertwrightError } from '@certwright/core/errors'
import type {
  CertificateRecord,
  CertificateStore,
  IssuanceIntent,
  Reservation,
  RevokedEntry,
  StatusChange,
} from '@certwright/core/ports'
import { checkDate, checkIntent, checkIssued } from '@certwright/core/storage'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { hexOctets } from '../schema/octets.js'
import type { CompletedRow, NewCertificateRow } from '../schema/tables.js'
import { tbsOf } from '../schema/tbs.js'
import { storedText } from '../schema/text.js'
import { findPage } from './certificate-find.js'
import { toDate, toRecord, toRow } from './certificate-rows.js'
import { certificateStatements } from './certificate-statements.js'
import { crlStore } from './crls.js'

/** Entries of the revocation list that are read at a time. */
const revokedAtOnce = 1000

type Statements = ReturnType<typeof certificateStatements>

/** The inventory of certificates on an engine. */
export function certificateStore(engine: Engine): CertificateStore {
  const statements = certificateStatements(engine.builder)
  return Object.freeze({
    async reserve(intent) {
      checkIntent(intent)
      return reserve(engine, statements, intent)
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
      return engine.read(findPage(engine.builder, query, page))
    },
    async changeStatus(issuer, serial, change) {
      checkDate('at', change.at)
      const address = { issuer: storedText(issuer), serial: storedText(serial) }
      return engine.write(() => changeStatus(statements, address, change))
    },
    revoked: (issuer) => revoked(engine, statements, storedText(issuer)),
    ...crlStore(engine),
  } satisfies CertificateStore)
}

async function reserve(engine: Engine, statements: Statements, intent: IssuanceIntent): Promise<Reservation> {
  const row = toRow(intent)
  const inserted = await (engine.groups?.insertCertificate(row) ??
    engine.write(function* () {
      return (yield* rows(statements.insert(row))).length > 0
    }))
  // Rows are never deleted, so whoever stood in the way is still there.
  return inserted ? { kind: 'reserved', record: toRecord(row) } : engine.read(() => inTheWay(statements, row))
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
    engine.write(function* () {
      return (yield* rows(statements.complete(row)))[0]
    }))
  if (completed) return toRecord(completed)
  const present = await engine.read(() => byAddress(statements, row))
  if (present) return present
  throw new CertwrightError('conflict', 'no such serial number is reserved')
}

function* byAddress(
  statements: Statements,
  address: { readonly issuer: string; readonly serial: string },
): Operation<CertificateRecord | undefined> {
  const [row] = yield* rows(statements.byAddress(address))
  return row && toRecord(row)
}

function* changeStatus(
  statements: Statements,
  address: { readonly issuer: string; readonly serial: string },
  change: StatusChange,
): Operation<CertificateRecord> {
  const [from] = change.from
  if (from === undefined) throw new CertwrightError('configuration', 'a change of status needs a status to start from')
  const lifted = change.to === 'issued'
  const [changed] = yield* rows(
    statements.changeStatus({
      ...address,
      from,
      or: change.from.at(-1) ?? from,
      to: change.to,
      revoked_at: lifted ? null : change.at.getTime(),
      revocation_reason: lifted ? null : change.reason,
    }),
  )
  if (changed) return toRecord(changed)
  const present = yield* byAddress(statements, address)
  if (!present) throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  throw new CertwrightError('conflict', `the certificate is ${present.status}, not ${change.from.join(' or ')}`)
}

async function* revoked(engine: Engine, statements: Statements, issuer: string): AsyncIterable<RevokedEntry> {
  for (let after = ''; ; ) {
    const query = statements.revoked({ issuer, after, limit: revokedAtOnce })
    const found = await engine.read(() => rows(query))
    for (const { serial, revoked_at, revocation_reason, not_after } of found) {
      if (revoked_at === null || revocation_reason === null) throw new StoreError('damaged')
      yield { serial, revokedAt: toDate(revoked_at), reason: revocation_reason, notAfter: toDate(not_after) }
    }
    const last = found.at(-1)
    if (!last || found.length < revokedAtOnce) return
    after = last.serial
  }
}
