import { CertwrightError } from '@certwright/core/errors'
import type { CertificateStore, CrlRecord } from '@certwright/core/ports'
import { checkDate } from '@certwright/core/storage'
import { type Kysely, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { statement } from '../engine/statement.js'
import { plainOctets } from '../schema/octets.js'
import type { CrlsTable, Tables } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'

/** The CRLs of all issuers. Numbers have no gap: each must be one more than the last. */
export function crlStore(engine: Engine): Pick<CertificateStore, 'addCrl' | 'latestCrl'> {
  const statements = crlStatements(engine.builder)
  return {
    async addCrl(crl) {
      checkDate('thisUpdate', crl.thisUpdate)
      checkDate('nextUpdate', crl.nextUpdate)
      await engine.write(() => addCrl(statements, crl), { transaction: true })
    },
    async latestCrl(issuer) {
      const query = statements.latest({ issuer: storedText(issuer) })
      const [row] = await engine.read(() => rows(query))
      return row && toCrl(row)
    },
  }
}

function* addCrl(statements: ReturnType<typeof crlStatements>, crl: CrlRecord): Operation<void> {
  const row = {
    issuer: storedText(crl.issuer),
    number: crl.number,
    crl: crl.crl,
    this_update: crl.thisUpdate.getTime(),
    next_update: crl.nextUpdate.getTime(),
  }
  const [latest] = yield* rows(statements.latestNumber(row))
  const expected = Number(latest?.number ?? 0) + 1
  // Two that add the same number at once both come here; the primary key lets one of them pass.
  const inserted = crl.number === expected ? yield* rows(statements.insert(row)) : []
  if (inserted.length === 0) {
    throw new CertwrightError('conflict', `the next CRL of this issuer does not have the number ${crl.number}`)
  }
}

function crlStatements(db: Kysely<Tables>) {
  const latest = (p: { readonly issuer: string }) =>
    db.selectFrom('certwright_crls').where('issuer', '=', p.issuer).orderBy('number', 'desc').limit(sql.lit(1))
  return {
    latest: statement((p: { readonly issuer: string }) => latest(p).selectAll()),
    latestNumber: statement((p: { readonly issuer: string }) => latest(p).select('number')),
    insert: statement((p: CrlsTable) =>
      db
        .insertInto('certwright_crls')
        .values({
          issuer: p.issuer,
          number: p.number,
          crl: p.crl,
          this_update: p.this_update,
          next_update: p.next_update,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('number'),
    ),
  }
}

function toCrl(row: CrlsTable): CrlRecord {
  return {
    issuer: plainText(row.issuer),
    number: Number(row.number),
    crl: plainOctets(row.crl),
    thisUpdate: toDate(row.this_update),
    nextUpdate: toDate(row.next_update),
  }
}
