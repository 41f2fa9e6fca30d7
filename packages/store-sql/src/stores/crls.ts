import { CertwrightError } from '@certwright/core/errors'
import type { CertificateStore, CrlRecord } from '@certwright/core/ports'
import { checkCrl } from '@certwright/core/storage'
import { type Kysely, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { statement } from '../engine/statement.js'
import { plainOctets } from '../schema/octets.js'
import type { CrlsTable, Tables } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'

/** The CRLs of all issuers. The numbers of a scope rise. */
export function crlStore(engine: Engine): Pick<CertificateStore, 'addCrl' | 'latestCrl' | 'crlScopes'> {
  const statements = crlStatements(engine.builder)
  return {
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

function* addCrl(statements: ReturnType<typeof crlStatements>, crl: CrlRecord): Operation<void> {
  const row = {
    issuer: storedText(crl.issuer),
    scope: storedText(crl.scope ?? 'full'),
    number: crl.number,
    crl: crl.crl,
    this_update: crl.thisUpdate.getTime(),
    next_update: crl.nextUpdate.getTime(),
    position: crl.position === undefined ? null : storedText(crl.position),
  }
  const [latest] = yield* rows(statements.latestNumber(row))
  // Two that add the same number at once both come here; the primary key lets one of them pass.
  const inserted = crl.number > Number(latest?.number ?? 0) ? yield* rows(statements.insert(row)) : []
  if (inserted.length === 0) {
    throw new CertwrightError(
      'conflict',
      `this issuer and scope has a CRL with the number ${crl.number} or a greater one`,
    )
  }
}

function crlStatements(db: Kysely<Tables>) {
  type Scope = { readonly issuer: string; readonly scope: string }
  const latest = (p: Scope) =>
    db
      .selectFrom('certwright_crls')
      .where('issuer', '=', p.issuer)
      .where('scope', '=', p.scope)
      .orderBy('number', 'desc')
      .limit(sql.lit(1))
  return {
    latest: statement((p: Scope) => latest(p).selectAll()),
    latestNumber: statement((p: Scope) => latest(p).select('number')),
    scopes: statement(() => db.selectFrom('certwright_crls').select(['issuer', 'scope']).distinct()),
    insert: statement((p: CrlsTable) =>
      db
        .insertInto('certwright_crls')
        .values({
          issuer: p.issuer,
          scope: p.scope,
          number: p.number,
          crl: p.crl,
          this_update: p.this_update,
          next_update: p.next_update,
          position: p.position,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('number'),
    ),
  }
}

function toCrl(row: CrlsTable): CrlRecord {
  return {
    issuer: plainText(row.issuer),
    ...(row.scope === 'full' ? {} : { scope: plainText(row.scope) }),
    number: Number(row.number),
    crl: plainOctets(row.crl),
    thisUpdate: toDate(row.this_update),
    nextUpdate: toDate(row.next_update),
    ...(row.position === null ? {} : { position: plainText(row.position) }),
  }
}
