import { CertwrightError } from '@certwright/core/errors'
import type { AuditEvent, AuditEventType, AuditSink, Page } from '@certwright/core/ports'
import { checkDate, decodeCursor, encodeCursor, pageLimit } from '@certwright/core/storage'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { statement } from '../engine/statement.js'
import type { AuditRow, Tables } from '../schema/tables.js'
import { plainText, storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'

/** A page of the audit trail. */
export interface AuditPage extends Page<AuditEvent> {
  /** Where this page ended, also on the last page: `after` this come the events recorded later. */
  readonly position: string
}

/** Reads the audit trail. */
export interface AuditReader {
  /**
   * Events in the order in which they were recorded. Whoever follows with `position` sees each event once.
   *
   * @param options `limit`: 1 to 1000, 100 when absent; `after`: a `position` or `next` of an earlier page
   */
  auditEvents(options?: { readonly after?: string; readonly limit?: number }): Promise<AuditPage>
}

/** The audit trail on an engine. */
export function auditTrail(engine: Engine): { readonly audit: AuditSink } & AuditReader {
  const page = pageStatement(engine.builder)
  const insert = insertStatement(engine.builder)
  return {
    audit: Object.freeze({
      async record(event) {
        try {
          const row = toRow(event)
          await (engine.groups?.appendAudit(row) ?? engine.write(() => rows(insert(row))))
        } catch (cause) {
          throw new CertwrightError('audit', 'the audit trail did not take the event', { cause })
        }
      },
    } satisfies AuditSink),
    async auditEvents(options = {}) {
      const limit = pageLimit(options.limit)
      const [after] = options.after === undefined ? [0] : decodeCursor('audit', options.after, ['number'])
      return engine.read(() => readPage(page({ after, limit: limit + 1 }), limit, after))
    },
  }
}

function* readPage(
  query: ReturnType<ReturnType<typeof pageStatement>>,
  limit: number,
  after: number,
): Operation<AuditPage> {
  const found = yield* rows(query)
  const items = found.slice(0, limit)
  const position = encodeCursor('audit', [Number(items.at(-1)?.sequence ?? after)])
  const events = items.map(toEvent)
  return found.length > limit ? { items: events, position, next: position } : { items: events, position }
}

function insertStatement(db: Kysely<Tables>) {
  return statement((p: AuditRow) =>
    db.insertInto('certwright_audit').values({
      time: p.time,
      type: p.type,
      actor: p.actor,
      address: p.address,
      request_id: p.request_id,
      details: p.details,
    }),
  )
}

function pageStatement(db: Kysely<Tables>) {
  return statement((p: { readonly after: number; readonly limit: number }) =>
    db.selectFrom('certwright_audit').selectAll().where('sequence', '>', p.after).orderBy('sequence').limit(p.limit),
  )
}

function toRow(event: AuditEvent): AuditRow {
  checkDate('time', event.time)
  return {
    time: event.time.getTime(),
    type: event.type,
    actor: event.actor === null ? null : storedText(event.actor),
    address: event.address === undefined ? null : storedText(event.address),
    request_id: storedText(event.requestId),
    details: JSON.stringify(event.details),
  }
}

function toEvent(row: AuditRow): AuditEvent {
  const details: AuditEvent['details'] = JSON.parse(row.details)
  return {
    time: toDate(row.time),
    type: row.type as AuditEventType,
    actor: row.actor === null ? null : plainText(row.actor),
    ...(row.address === null ? {} : { address: plainText(row.address) }),
    requestId: plainText(row.request_id),
    details,
  }
}
