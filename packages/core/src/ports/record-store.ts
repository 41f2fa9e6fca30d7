/** A small document of a protocol or a service, addressed by collection and key. */
export interface StoredRecord {
  /** Increases by one with each write, from 1. */
  readonly version: number
  /** Any JSON value. */
  readonly value: JsonValue
  /** When the record ceases to exist, or `null`. */
  readonly expiresAt: Date | null
}

/** Plain JSON data. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** What a write adds to the value itself. */
export interface RecordOptions {
  /** The record counts as absent from this moment on. */
  readonly expiresAt?: Date
  /** Index terms by name: `list` finds the record by any of them. Replaced as a whole at each write. */
  readonly index?: Readonly<Record<string, string>>
}

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Give it back to get the next page; absent on the last. */
  readonly next?: string
}

/**
 * Small documents for state that is not a certificate. Keys and collections are 1 to 512 characters (any, also NUL and
 * lone surrogates); a value is at most 1 MiB as JSON. An expired record behaves as an absent one in every method; `now` is the caller's clock.
 */
export interface RecordStore {
  /** The record, or `undefined`. */
  get(collection: string, key: string, now: Date): Promise<StoredRecord | undefined>
  /**
   * Writes the record if its present version is `expected` (0: it must be absent) and returns the new version, which is
   * `expected + 1`. Atomic: of two writers with the same `expected`, one succeeds.
   *
   * @throws CertwrightError `conflict` when the version is another one.
   */
  put(
    collection: string,
    key: string,
    value: JsonValue,
    expected: number,
    now: Date,
    options?: RecordOptions,
  ): Promise<number>
  /** Removes the record and returns it, exactly once: of any number of callers, one gets it. */
  consume(collection: string, key: string, now: Date): Promise<StoredRecord | undefined>
  /**
   * Keys and records of a collection in the order of the keys (by code points), all or those whose index term `by.name`
   * is `by.value`.
   *
   * @throws CertwrightError `limit` for a limit out of range, `configuration` for a cursor that is none.
   */
  list(
    collection: string,
    now: Date,
    options?: {
      readonly by?: { readonly name: string; readonly value: string }
      /** 1 to 1000; 100 when absent. */
      readonly limit?: number
      readonly after?: string
    },
  ): Promise<Page<{ readonly key: string; readonly record: StoredRecord }>>
  /** Deletes records that have expired, at most `limit` (default 1000); returns how many. */
  sweep(now: Date, limit?: number): Promise<number>
}
