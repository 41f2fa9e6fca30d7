import type { Kysely } from 'kysely'
import { statement } from '../engine/statement.js'
import { sha256 } from '../schema/octets.js'
import type { RecordsTable, Tables } from '../schema/tables.js'
import { storedText } from '../schema/text.js'

const records = 'certwright_records'

interface Address {
  readonly collection_id: Uint8Array
  readonly key: string
}

type Written = Omit<RecordsTable, 'id'>

interface Present extends Address {
  readonly now: number
}

/** The address of a record in the table. */
export function addressOf(collection: string, key: string): Address {
  return { collection_id: sha256([collection]), key: storedText(key) }
}

/** What `list` finds a record by. */
export function termOf(collection: string, name: string, value: string): Uint8Array {
  return sha256([collection, name, value])
}

/** The statements of small documents, compiled once for an engine. */
export function recordStatements(db: Kysely<Tables>) {
  return { ...readStatements(db), ...writeStatements(db), ...deleteStatements(db) }
}

function writeStatements(db: Kysely<Tables>) {
  return {
    /** Gives a row if there was none. */
    insert: statement((p: Written) =>
      db
        .insertInto(records)
        .values({
          collection_id: p.collection_id,
          collection: p.collection,
          key: p.key,
          version: p.version,
          value: p.value,
          expires_at: p.expires_at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    ),
    /** Gives a row if the version was the one before the written. */
    update: statement((p: Written & Present & { readonly expected: number }) =>
      db
        .updateTable(records)
        .set({ version: p.version, value: p.value, expires_at: p.expires_at })
        .where('collection_id', '=', p.collection_id)
        .where('key', '=', p.key)
        .where('version', '=', p.expected)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', p.now)]))
        .returning('id'),
    ),
    insertTerm: statement((p: { readonly term: Uint8Array; readonly key: string; readonly record_id: number }) =>
      db.insertInto('certwright_record_terms').values({ term: p.term, key: p.key, record_id: p.record_id }),
    ),
  }
}

function readStatements(db: Kysely<Tables>) {
  return {
    get: statement((p: Present) =>
      db
        .selectFrom(records)
        .select(['version', 'value', 'expires_at'])
        .where('collection_id', '=', p.collection_id)
        .where('key', '=', p.key)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', p.now)])),
    ),
    list: statement((p: Present & { readonly limit: number }) =>
      db
        .selectFrom(records)
        .select(['key', 'version', 'value', 'expires_at'])
        .where('collection_id', '=', p.collection_id)
        .where('key', '>', p.key)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', p.now)]))
        .orderBy('key')
        .limit(p.limit),
    ),
    listByTerm: statement(
      (p: { readonly term: Uint8Array; readonly key: string; readonly now: number; readonly limit: number }) =>
        db
          .selectFrom('certwright_record_terms as terms')
          .innerJoin(`${records} as records`, 'records.id', 'terms.record_id')
          .select(['terms.key', 'records.version', 'records.value', 'records.expires_at'])
          .where('terms.term', '=', p.term)
          .where('terms.key', '>', p.key)
          .where((eb) => eb.or([eb('records.expires_at', 'is', null), eb('records.expires_at', '>', p.now)]))
          .orderBy('terms.key')
          .limit(p.limit),
    ),
  }
}

function deleteStatements(db: Kysely<Tables>) {
  return {
    consume: statement((p: Present) =>
      db
        .deleteFrom(records)
        .where('collection_id', '=', p.collection_id)
        .where('key', '=', p.key)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', p.now)]))
        .returning(['version', 'value', 'expires_at']),
    ),
    deleteExpired: statement((p: Present) =>
      db
        .deleteFrom(records)
        .where('collection_id', '=', p.collection_id)
        .where('key', '=', p.key)
        .where('expires_at', '<=', p.now),
    ),
    sweep: statement((p: { readonly now: number; readonly limit: number }) =>
      db
        .deleteFrom(records)
        .where('id', 'in', (eb) => eb.selectFrom(records).select('id').where('expires_at', '<=', p.now).limit(p.limit))
        // Once more: PostgreSQL checks this part again if another node writes the record meanwhile.
        .where('expires_at', '<=', p.now)
        .returning('id'),
    ),
    deleteTerms: statement((p: { readonly record_id: number }) =>
      db.deleteFrom('certwright_record_terms').where('record_id', '=', p.record_id),
    ),
  }
}
