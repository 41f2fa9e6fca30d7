import type { CertificateEvent, EventPage, EventRequest } from '@certwright/core/ports'
import { decodeCursor, encodeCursor, pageLimit } from '@certwright/core/storage'
import { sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, type Query, rows } from '../engine/operation.js'
import type { EventsTable } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'

interface EventRow extends Omit<EventsTable, 'sequence'> {
  readonly sequence: number
  readonly issuer: string
  readonly serial: string
  readonly previous_serial: string | null
}

/** A page of the event feed; its position is the sequence number of the last event. */
export function eventPage(engine: Engine, request: EventRequest): () => Operation<EventPage> {
  const limit = pageLimit(request.limit)
  const [after] = request.after === undefined ? [0] : decodeCursor('events', request.after, ['number'])
  const query = eventQuery(engine, request, after, limit + 1)
  return function* () {
    const found = yield* rows(query)
    const items = found.slice(0, limit)
    const position = encodeCursor('events', [Number(items.at(-1)?.sequence ?? after)])
    const events = items.map(toEvent)
    return found.length > limit ? { items: events, position, next: position } : { items: events, position }
  }
}

function eventQuery(engine: Engine, request: EventRequest, after: number, limit: number): Query<EventRow> {
  const conditions = [
    sql`e.sequence > ${after}`,
    // A literal, because the partial index is found by it.
    ...(request.changesOnly ? [sql`e.type <> 'issued'`] : []),
    ...(request.issuer === undefined
      ? []
      : [sql`${sql.raw(`${engine.unindexed}c.issuer`)} = ${storedText(request.issuer)}`]),
  ]
  return sql<EventRow>`select e.sequence, e.type, e.at, e.reason, e.certificate_id, c.issuer, c.serial, c.previous_serial
    from certwright_events as e join certwright_certificates as c on c.id = e.certificate_id
    where ${sql.join(conditions, sql` and `)} order by e.sequence limit ${limit}`.compile(engine.builder)
}

function toEvent(row: EventRow): CertificateEvent {
  const { type, serial, reason } = row
  const previous = type === 'issued' && row.previous_serial !== null ? { previousSerial: row.previous_serial } : {}
  return { type, issuer: plainText(row.issuer), serial, at: toDate(row.at), reason, ...previous }
}
