import { CertwrightError } from '../errors.js'
import type { JsonValue, RecordOptions, RecordStore, StoredRecord } from '../ports/index.js'
import { checkDate, checkRecordAddress, decodeCursor, encodeCursor, pageLimit, recordJson } from '../storage/index.js'

interface Entry {
  readonly version: number
  readonly json: string
  readonly expiresAt: number
  readonly index: ReadonlyMap<string, string>
}

/** The small documents of `memoryStore`. */
export function memoryRecords(): RecordStore {
  const collections = new Map<string, Map<string, Entry>>()
  const present = (collection: string, key: string, now: Date): Entry | undefined => {
    checkRecordAddress(collection, key)
    checkDate('now', now)
    const entry = collections.get(collection)?.get(key)
    return entry && entry.expiresAt > now.getTime() ? entry : undefined
  }
  return Object.freeze({
    async get(collection, key, now) {
      const entry = present(collection, key, now)
      return entry && toRecord(entry)
    },
    async put(collection, key, value, expected, now, options = {}) {
      const version = present(collection, key, now)?.version ?? 0
      const entry = toEntry(expected + 1, value, options)
      if (version !== expected) throw new CertwrightError('conflict', 'the record has another version than expected')
      const records = collections.get(collection) ?? new Map<string, Entry>()
      collections.set(collection, records.set(key, entry))
      return entry.version
    },
    async consume(collection, key, now) {
      const entry = present(collection, key, now)
      if (entry) collections.get(collection)?.delete(key)
      return entry && toRecord(entry)
    },
    async list(collection, now, options = {}) {
      checkRecordAddress(collection, 'any')
      checkDate('now', now)
      const limit = pageLimit(options.limit)
      const [after] = options.after === undefined ? [] : decodeCursor('records', options.after, ['string'])
      const { by } = options
      const found = [...(collections.get(collection) ?? [])]
        .filter(([, entry]) => entry.expiresAt > now.getTime() && (!by || entry.index.get(by.name) === by.value))
        .filter(([key]) => after === undefined || compareCodePoints(key, after) > 0)
        .sort(([a], [b]) => compareCodePoints(a, b))
      const items = found.slice(0, limit).map(([key, entry]) => ({ key, record: toRecord(entry) }))
      const last = items.at(-1)
      return last && found.length > limit ? { items, next: encodeCursor('records', [last.key]) } : { items }
    },
    async sweep(now, limit) {
      checkDate('now', now)
      return sweepExpired(collections, now.getTime(), pageLimit(limit, 1000))
    },
  } satisfies RecordStore)
}

function toEntry(version: number, value: JsonValue, { expiresAt, index = {} }: RecordOptions): Entry {
  if (expiresAt) checkDate('expiresAt', expiresAt)
  return {
    version,
    json: recordJson(value),
    expiresAt: expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    index: new Map(Object.entries(index)),
  }
}

function sweepExpired(collections: ReadonlyMap<string, Map<string, Entry>>, now: number, limit: number): number {
  let swept = 0
  for (const records of collections.values()) {
    for (const [key, entry] of records) {
      if (swept === limit) return swept
      if (entry.expiresAt <= now && records.delete(key)) swept++
    }
  }
  return swept
}

function toRecord({ version, json, expiresAt }: Entry): StoredRecord {
  const value: JsonValue = JSON.parse(json)
  return { version, value, expiresAt: Number.isFinite(expiresAt) ? new Date(expiresAt) : null }
}

/** The order of keys in every store: by code points, which is how UTF-8 sorts and UTF-16 does not. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (order !== 0) return order
  }
  return left.length - right.length
}
