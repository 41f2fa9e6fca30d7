import { CertwrightError } from '@certwright/core/errors'
import { StoreError, type StoreErrorReason } from '../errors.js'

/** SQLSTATE codes and classes (PostgreSQL documentation, appendix A); the longer prefix is the earlier entry. */
const sqlStates: readonly (readonly [prefix: string, reason: StoreErrorReason])[] = [
  ['53100', 'full'],
  ['53', 'unavailable'],
  ['25006', 'read-only'],
  ['42501', 'read-only'],
  ['55P03', 'locked'],
  ['40', 'locked'],
  ['57', 'unavailable'],
  ['58', 'unavailable'],
  ['08', 'unavailable'],
  ['3D', 'unavailable'],
  ['28', 'unavailable'],
  ['XX001', 'damaged'],
  ['XX002', 'damaged'],
]

/** The error that a caller sees for one that `pg` threw. */
export function postgresError(error: unknown): CertwrightError {
  if (error instanceof CertwrightError) return error
  return new StoreError(reasonOf(sqlState(error)), undefined, { cause: error })
}

/** Whether to try again: PostgreSQL chose this transaction to resolve a conflict of several. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01'
}

/** Whether the server answered, so that the connection is still good. */
export function isAnswer(error: unknown): boolean {
  const state = sqlState(error)
  return error instanceof CertwrightError || (state !== undefined && reasonOf(state) !== 'unavailable')
}

/** Whether a failure that the store reports is that a unique index holds the name already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof StoreError && sqlState(error.cause) === '23505'
}

function reasonOf(state: string | undefined): StoreErrorReason {
  // No SQLSTATE: the error comes from the connection, not from the server.
  if (state === undefined) return 'unavailable'
  return sqlStates.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'failed'
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : undefined
}
