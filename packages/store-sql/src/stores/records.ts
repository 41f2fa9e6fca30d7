import { CertwrightError } from '@certwright/core/errors'
import type { JsonValue, RecordStore, StoredRecord } from '@certwright/core/ports'
import {
  checkDate,
  checkRecordAddress,
  decodeCursor,
  encodeCursor,
  pageLimit,
  recordJson,
} from '@certwright/core/storage'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import type { RecordsTable } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'
import { addressOf, recordStatements, termOf } from './record-statements.js'

type Statements = ReturnType<typeof recordStatements>

interface Write {
  readonly row: Omit<RecordsTable, 'id'>
  readonly expected: number
  readonly now: number
  readonly terms: readonly Uint8Array[]
}

/** Small documents on an engine. */
export function recordStore(engine: Engine): RecordStore {
  const statements = recordStatements(engine.builder)
  return Object.freeze({
    async get(collection, key, now) {
      const query = statements.get(presentAddress(collection, key, now))
      const [row] = await engine.read(() => rows(query))
      return row && toStoredRecord(row)
    },
    async put(collection, key, value, expected, now, options = {}) {
      const { expiresAt, index = {} } = options
      const { now: time, ...address } = presentAddress(collection, key, now)
      if (expiresAt) checkDate('expiresAt', expiresAt)
      const row = {
        ...address,
        collection: storedText(collection),
        version: expected + 1,
        value: recordJson(value),
        expires_at: expiresAt?.getTime() ?? null,
      }
      const terms = Object.entries(index).map(([name, term]) => termOf(collection, name, term))
      const write: Write = { row, expected, now: time, terms }
      // A new record without terms is one statement, whole by itself: nonces take this way.
      await engine.write(() => put(statements, write), { transaction: expected !== 0 || terms.length > 0 })
      return row.version
    },
    async consume(collection, key, now) {
      const query = statements.consume(presentAddress(collection, key, now))
      const [row] = await engine.write(() => rows(query))
      return row && toStoredRecord(row)
    },
    list: async (collection, now, options = {}) => engine.read(() => list(statements, collection, now, options)),
    async sweep(now, limit) {
      checkDate('now', now)
      const query = statements.sweep({ now: now.getTime(), limit: pageLimit(limit, 1000) })
      return (await engine.write(() => rows(query))).length
    },
  } satisfies RecordStore)
}

function presentAddress(collection: string, key: string, now: Date) {
  checkRecordAddress(collection, key)
  checkDate('now', now)
  return { ...addressOf(collection, key), now: now.getTime() }
}

function* put(statements: Statements, { row, expected, now, terms }: Write): Operation<void> {
  const id = expected === 0 ? yield* insert(statements, row, now) : yield* update(statements, row, expected, now)
  if (id === undefined) throw new CertwrightError('conflict', 'the record has another version than expected')
  for (const term of terms) yield* rows(statements.insertTerm({ term, key: row.key, record_id: id }))
}

function* insert(statements: Statements, row: Write['row'], now: number): Operation<number | undefined> {
  const [inserted] = yield* rows(statements.insert(row))
  if (inserted) return inserted.id
  yield* rows(statements.deleteExpired({ ...row, now }))
  const [replaced] = yield* rows(statements.insert(row))
  return replaced?.id
}

function* update(
  statements: Statements,
  row: Write['row'],
  expected: number,
  now: number,
): Operation<number | undefined> {
  const [updated] = yield* rows(statements.update({ ...row, expected, now }))
  if (updated) yield* rows(statements.deleteTerms({ record_id: updated.id }))
  return updated?.id
}

type ListOptions = NonNullable<Parameters<RecordStore['list']>[2]>
type Listed = Awaited<ReturnType<RecordStore['list']>>

function* list(statements: Statements, collection: string, now: Date, options: ListOptions): Operation<Listed> {
  const limit = pageLimit(options.limit)
  const [after] = options.after === undefined ? [] : decodeCursor('records', options.after, ['string'])
  const present = { ...presentAddress(collection, 'any', now), key: storedText(after ?? ''), limit: limit + 1 }
  const { by } = options
  const found = by
    ? yield* rows(statements.listByTerm({ ...present, term: termOf(collection, by.name, by.value) }))
    : yield* rows(statements.list(present))
  const items = found.slice(0, limit).map((row) => ({ key: plainText(row.key), record: toStoredRecord(row) }))
  const last = items.at(-1)
  return last && found.length > limit ? { items, next: encodeCursor('records', [last.key]) } : { items }
}

function toStoredRecord(row: Pick<RecordsTable, 'version' | 'value' | 'expires_at'>): StoredRecord {
  const value: JsonValue = JSON.parse(row.value)
  return { version: Number(row.version), value, expiresAt: row.expires_at === null ? null : toDate(row.expires_at) }
}
