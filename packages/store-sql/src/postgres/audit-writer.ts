import { type Operation, rows } from '../engine/operation.js'
import type { AuditRow } from '../schema/tables.js'

/** An event that waits to be written. */
interface Waiting {
  readonly row: AuditRow
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Whoever inserts holds this advisory lock until its commit is visible. So sequence numbers become visible in rising
 * order, and a reader that follows them never skips an event whose commit came late.
 */
const auditLock = 0x63657274_61756474n

const columns = ['time', 'type', 'actor', 'address', 'request_id', 'details'] as const

const sql = `with turn as materialized (select pg_advisory_xact_lock(${auditLock}))
  insert into certwright_audit (${columns.join(', ')})
  select event.* from turn cross join
  unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as event`

/**
 * Writes audit events in groups: those that arrive while one group is being written make the next, which is one
 * statement and one commit.
 *
 * @returns the function that adds an event and returns when it is durable
 */
export function auditWriter(write: (operation: () => Operation<unknown>) => Promise<unknown>) {
  let waiting: Waiting[] = []
  let running = false

  const drain = async () => {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      const parameters = columns.map((column) => group.map(({ row }) => row[column]))
      try {
        await write(() => rows({ sql, parameters, prepare: true }))
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    running = false
  }
  return (row: AuditRow): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject })
      if (running) return
      running = true
      void drain()
    })
}
