import { type Operation, runSync } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import type { SqliteConnection } from './connection.js'
import { isOfOperation, sqliteError } from './errors.js'

/** Operations that share a commit at most: a bound on how long the process is busy with one. */
const together = 256

/** An operation that waits for its commit. */
interface Job {
  /** Runs it inside the open transaction and keeps what it gave; throws what concerns the whole transaction. */
  run(): void
  /** Tells the caller; to be called when the commit is done. */
  settle(): void
  fail(error: unknown): void
}

/** Writes of one process. */
export interface GroupCommit {
  write<T>(operation: () => Operation<T>, options?: { readonly transaction?: boolean }): Promise<T>
  /** Refuses further writes and returns when those under way are done. */
  close(): Promise<void>
}

/**
 * Collects the writes that arrive in one turn of the event loop and commits them together: the disk is forced once for
 * all of them, which is what a commit costs. An operation that fails takes back what it did itself and nothing else; if
 * the transaction fails as a whole, each operation gets one of its own.
 */
export function groupCommit(connection: SqliteConnection): GroupCommit {
  const queue: Job[] = []
  let running: Promise<void> | undefined
  let closed = false

  const drain = async () => {
    while (queue.length > 0) {
      // Whoever was woken by the last commit gets a turn to come with its next write.
      await new Promise((resolve) => setImmediate(resolve))
      await commitJobs(connection, queue.splice(0, together))
    }
    running = undefined
  }
  return {
    write: (operation, options = {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new StoreError('closed'))
        queue.push(createJob(connection, operation, options.transaction ?? false, resolve, reject))
        running ??= drain()
      }),
    async close() {
      closed = true
      await running
    },
  }
}

async function commitJobs(connection: SqliteConnection, jobs: readonly Job[]): Promise<void> {
  try {
    await connection.untilUnlocked(() => inTransaction(connection, jobs))
    for (const job of jobs) job.settle()
  } catch (error) {
    if (jobs.length === 1 || sqliteErrorIsLock(error)) for (const job of jobs) job.fail(sqliteError(error))
    else for (const job of jobs) await commitJobs(connection, [job])
  }
}

/** Waiting for the lock once is enough: one by one the operations would wait as often as there are operations. */
function sqliteErrorIsLock(error: unknown): boolean {
  const mapped = sqliteError(error)
  return mapped instanceof StoreError && mapped.reason === 'locked'
}

function inTransaction(connection: SqliteConnection, jobs: readonly Job[]): void {
  connection.exec('begin immediate')
  try {
    for (const job of jobs) job.run()
    connection.exec('commit')
  } catch (error) {
    rollback(connection)
    throw error
  }
}

/** Ends the transaction, unless the failure has ended it already. */
function rollback(connection: SqliteConnection): void {
  try {
    connection.exec('rollback')
  } catch {
    // SQLite rolls back by itself when the disk is full or fails (sqlite.org/lang_transaction.html).
  }
}

function createJob<T>(
  connection: SqliteConnection,
  operation: () => Operation<T>,
  severalWrites: boolean,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Job {
  let outcome: () => void = () => reject(new StoreError('failed'))
  const perform = () => {
    const value = runSync(operation(), connection.execute)
    outcome = () => resolve(value)
  }
  return {
    run() {
      try {
        if (severalWrites) inSavepoint(connection, perform)
        else perform()
      } catch (error) {
        if (!isOfOperation(error)) throw error
        outcome = () => reject(sqliteError(error))
      }
    },
    settle: () => outcome(),
    fail: reject,
  }
}

/** A single statement takes back its own effects when it fails; several need this. */
function inSavepoint(connection: SqliteConnection, perform: () => void): void {
  connection.exec('savepoint operation')
  try {
    perform()
  } catch (error) {
    if (isOfOperation(error)) connection.exec('rollback to operation; release operation')
    throw error
  }
  connection.exec('release operation')
}
