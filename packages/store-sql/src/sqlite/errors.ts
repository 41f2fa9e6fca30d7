import { CertwrightError } from '@certwright/core/errors'
import { StoreError, type StoreErrorReason } from '../errors.js'

/** Primary result codes of SQLite (sqlite.org/rescode.html): number, the name `better-sqlite3` gives, and our reason. */
const resultCodes: readonly (readonly [number: number, name: string, reason: StoreErrorReason])[] = [
  [3, 'SQLITE_PERM', 'read-only'],
  [5, 'SQLITE_BUSY', 'locked'],
  [6, 'SQLITE_LOCKED', 'locked'],
  [8, 'SQLITE_READONLY', 'read-only'],
  [10, 'SQLITE_IOERR', 'unavailable'],
  [11, 'SQLITE_CORRUPT', 'damaged'],
  [13, 'SQLITE_FULL', 'full'],
  [14, 'SQLITE_CANTOPEN', 'unavailable'],
  [26, 'SQLITE_NOTADB', 'unsupported'],
]

/** The error that a caller sees for one that a driver threw. */
export function sqliteError(error: unknown): CertwrightError {
  if (error instanceof CertwrightError) return error
  const reason = resultCodes.find(([number, name]) => hasCode(error, number, name))?.[2] ?? 'failed'
  const message = reason === 'unsupported' ? 'the file is not an SQLite database' : undefined
  return new StoreError(reason, message, { cause: error })
}

/** Whether a driver says that somebody else holds the lock. */
export function isLocked(error: unknown): boolean {
  return hasCode(error, 5, 'SQLITE_BUSY') || hasCode(error, 6, 'SQLITE_LOCKED')
}

/** Whether an error is about the operation alone, not about the database: its neighbours may go on. */
export function isOfOperation(error: unknown): boolean {
  return error instanceof CertwrightError || hasCode(error, 19, 'SQLITE_CONSTRAINT')
}

/** `node:sqlite` gives the extended code as a number, `better-sqlite3` as a name. */
function hasCode(error: unknown, number: number, name: string): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number') return (error.errcode & 0xff) === number
  return 'code' in error && typeof error.code === 'string' && (error.code === name || error.code.startsWith(`${name}_`))
}
