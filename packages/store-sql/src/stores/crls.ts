import { CertwrightError } from '@certwright/core/errors'
import type { CertificateStore, CrlIntent, CrlRecord } from '@certwright/core/ports'
import { checkCrl, crlSequence } from '@certwright/core/storage'
import { type Kysely, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { statement } from '../engine/statement.js'
import { plainOctets } from '../schema/octets.js'
import type { CrlIntentsTable, CrlsTable, Tables } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'

type Crls = Pick<CertificateStore, 'reserveCrl' | 'lastCrlNumber' | 'addCrl' | 'latestCrl' | 'crlScopes'>
type Statements = ReturnType<typeof crlStatements>

/** The CRLs of all issuers. The numbers of a sequence rise. */
export function crlStore(engine: Engine): Crls {
  const statements = crlStatements(engine.builder)
  return {
    async reserveCrl(intent) {
      checkCrl(intent)
      await engine.write(() => reserveCrl(statements, intent), { transaction: true })
    },
    async lastCrlNumber(issuer, sequence = 'full') {
      const of = { issuer: storedText(issuer), sequence: storedText(sequence) }
      return engine.read(() => lastNumber(statements, of))
    },
    async addCrl(crl) {
      checkCrl(crl)
      await engine.write(() => addCrl(statements, crl), { transaction: true })
    },
    async latestCrl(issuer, scope = 'full') {
      const query = statements.latest({ issuer: storedText(issuer), scope: storedText(scope) })
      const [row] = await engine.read(() => rows(query))
      return row && toCrl(row)
    },
    async crlScopes() {
      const query = statements.scopes({})
      const found = await engine.read(() => rows(query))
      return found.map(({ issuer, scope }) => ({ issuer: plainText(issuer), scope: plainText(scope) }))
    },
  }
}

/** Intents first: what becomes a list between the two questions is then seen twice, not never. */
function* lastNumber(statements: Statements, of: Sequence): Operation<number> {
  const [intent] = yield* rows(statements.lastIntent(of))
  const [list] = yield* rows(statements.lastList(of))
  return Math.max(Number(list?.number ?? 0), Number(intent?.number ?? 0))
}

function* reserveCrl(statements: Statements, intent: CrlIntent): Operation<void> {
  const row = { ...columnsOf(intent), tbs_cert_list: intent.tbsCertList }
  const last = yield* lastNumber(statements, row)
  // Two that take the same number at once both come here; the primary key lets one of them pass.
  const inserted = intent.number > last ? yield* rows(statements.insertIntent(row)) : []
  if (inserted.length === 0) throw taken(intent)
  // Between question and answer another node may have made the list of this number, whose intent is gone again.
  const [list] = yield* rows(statements.lastList(row))
  if (Number(list?.number ?? 0) >= intent.number) throw taken(intent)
}

function* addCrl(statements: Statements, crl: CrlRecord): Operation<void> {
  const row = { ...columnsOf(crl), crl: crl.crl }
  const [latest] = yield* rows(statements.latestNumber(row))
  const inserted = crl.number > Number(latest?.number ?? 0) ? yield* rows(statements.insert(row)) : []
  if (inserted.length === 0) throw taken(crl)
  // The list contains what its intent holds, and those before it will never become lists: each is as long as one.
  yield* rows(statements.deleteIntents(row))
}

const taken = ({ number }: CrlRecord | CrlIntent): CertwrightError =>
  new CertwrightError('conflict', `this issuer has a CRL with the number ${number} or a greater one`)

interface Scope {
  readonly issuer: string
  readonly scope: string
}

interface Sequence {
  readonly issuer: string
  readonly sequence: string
}

function crlStatements(db: Kysely<Tables>) {
  const latest = (p: Scope) =>
    db
      .selectFrom('certwright_crls')
      .where('issuer', '=', p.issuer)
      .where('scope', '=', p.scope)
      .orderBy('number', 'desc')
      .limit(sql.lit(1))
  const lastOf = (table: 'certwright_crls' | 'certwright_crl_intents') =>
    statement((p: Sequence) =>
      db
        .selectFrom(table)
        .where('issuer', '=', p.issuer)
        .where('sequence', '=', p.sequence)
        .orderBy('number', 'desc')
        .limit(sql.lit(1))
        .select('number'),
    )
  return {
    latest: statement((p: Scope) => latest(p).selectAll()),
    latestNumber: statement((p: Scope) => latest(p).select('number')),
    lastList: lastOf('certwright_crls'),
    lastIntent: lastOf('certwright_crl_intents'),
    scopes: statement(() => db.selectFrom('certwright_crls').select(['issuer', 'scope']).distinct()),
    insert: statement((p: CrlsTable) =>
      db
        .insertInto('certwright_crls')
        .values({ ...sharedOf(p), crl: p.crl })
        .onConflict((conflict) => conflict.doNothing())
        .returning('number'),
    ),
    insertIntent: statement((p: CrlIntentsTable) =>
      db
        .insertInto('certwright_crl_intents')
        .values({ ...sharedOf(p), tbs_cert_list: p.tbs_cert_list })
        .onConflict((conflict) => conflict.doNothing())
        .returning('number'),
    ),
    deleteIntents: statement((p: Sequence & Scope & { readonly number: number }) =>
      db
        .deleteFrom('certwright_crl_intents')
        .where('issuer', '=', p.issuer)
        .where('sequence', '=', p.sequence)
        .where('number', '<=', p.number)
        .where('scope', '=', p.scope)
        .returning('number'),
    ),
  }
}

type SharedColumns = Omit<CrlsTable, 'crl'>

/** A statement names each of its columns. */
const sharedOf = (p: SharedColumns): SharedColumns => ({
  issuer: p.issuer,
  scope: p.scope,
  sequence: p.sequence,
  number: p.number,
  this_update: p.this_update,
  next_update: p.next_update,
  position: p.position,
  base_number: p.base_number,
  base_next_update: p.base_next_update,
})

const columnsOf = (crl: CrlRecord | CrlIntent): SharedColumns => ({
  issuer: storedText(crl.issuer),
  scope: storedText(crl.scope ?? 'full'),
  sequence: storedText(crlSequence(crl)),
  number: crl.number,
  this_update: crl.thisUpdate.getTime(),
  next_update: crl.nextUpdate.getTime(),
  position: crl.position === undefined ? null : storedText(crl.position),
  base_number: crl.base?.number ?? null,
  base_next_update: crl.base?.nextUpdate.getTime() ?? null,
})

function toCrl(row: CrlsTable): CrlRecord {
  const { base_number, base_next_update } = row
  return {
    issuer: plainText(row.issuer),
    ...(row.scope === 'full' ? {} : { scope: plainText(row.scope) }),
    ...(row.sequence === row.scope ? {} : { sequence: plainText(row.sequence) }),
    number: Number(row.number),
    crl: plainOctets(row.crl),
    thisUpdate: toDate(row.this_update),
    nextUpdate: toDate(row.next_update),
    ...(row.position === null ? {} : { position: plainText(row.position) }),
    ...(base_number === null || base_next_update === null
      ? {}
      : { base: { number: Number(base_number), nextUpdate: toDate(base_next_update) } }),
  }
}
