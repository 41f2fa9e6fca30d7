import { CertwrightError } from '@certwright/core/errors'

/**
 * Why the database could not do it.
 *
 * | reason | meaning | what helps |
 * |---|---|---|
 * | `locked` | another process holds a lock for longer than we wait | try again |
 * | `full` | no space left for the database | make space, try again |
 * | `read-only` | the database or the role may not write | permissions |
 * | `unavailable` | no connection, server shutting down, I/O error | try again |
 * | `damaged` | the file or an index of it is corrupt | restore a backup |
 * | `unsupported` | not a database of ours, newer schema, server too old or badly configured | see the message |
 * | `driver` | no SQLite driver could be loaded | see the message |
 * | `closed` | `close()` was called | |
 * | `failed` | anything else | see `cause` |
 */
export type StoreErrorReason =
  | 'locked'
  | 'full'
  | 'read-only'
  | 'unavailable'
  | 'damaged'
  | 'unsupported'
  | 'driver'
  | 'closed'
  | 'failed'

const messages: Readonly<Record<StoreErrorReason, string>> = {
  locked: 'the database is locked by another process',
  full: 'the database is full',
  'read-only': 'the database cannot be written to',
  unavailable: 'the database is not available',
  damaged: 'the database is damaged',
  unsupported: 'the database cannot be used',
  driver: 'no SQLite driver could be loaded',
  closed: 'the store is closed',
  failed: 'the database refused an operation',
}

/**
 * A failure of the database. Its message never holds SQL, a path or a value; the engine's own error is the `cause`, for
 * logs.
 */
export class StoreError extends CertwrightError {
  override readonly name = 'StoreError'

  /** @param message says more than the reason does; the text of the reason when absent */
  constructor(
    readonly reason: StoreErrorReason,
    message?: string,
    options?: { readonly cause?: unknown },
  ) {
    super('store', message ?? messages[reason], options)
  }
}
