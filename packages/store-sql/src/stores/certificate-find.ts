import type { CertificateQuery, CertificateRecord, Page, PageRequest } from '@certwright/core/ports'
import { checkQuery, decodeCursor, encodeCursor, pageLimit } from '@certwright/core/storage'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, type Query, rows } from '../engine/operation.js'
import type { CertificateRow } from '../schema/tables.js'
import { conditionsOf, type Search, searchOf } from './certificate-conditions.js'
import { toRecord } from './certificate-rows.js'

/** The order of pages: what the cursor is of, the columns of its two numbers, and the way they go. */
interface Order {
  readonly listing: string
  readonly columns: readonly [time: string, id: string]
  readonly way: 'asc' | 'desc'
  placeOf(row: CertificateRow): readonly [number, number]
}

/** A page of the records that match; the cursor holds the time and row number of the last. */
export function findPage(
  engine: Engine,
  query: CertificateQuery,
  page: PageRequest,
): () => Operation<Page<CertificateRecord>> {
  checkQuery(query)
  const limit = pageLimit(page.limit)
  const search = searchOf(query)
  const order = orderOf(query, search)
  const after = page.after === undefined ? undefined : decodeCursor(order.listing, page.after, ['number', 'number'])
  const select = pageQuery(engine, query, search, order, limit + 1, after)
  return function* () {
    const found = yield* rows<CertificateRow>(select)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    if (!last || found.length <= limit) return { items: items.map(toRecord) }
    return { items: items.map(toRecord), next: encodeCursor(order.listing, order.placeOf(last)) }
  }
}

/** How many records match. */
export function countQuery(engine: Engine, query: CertificateQuery): Query<{ readonly count: number }> {
  checkQuery(query)
  const search = searchOf(query)
  return sql<{ readonly count: number }>`select count(*) as count from ${search.from}
    where ${sql.join(conditionsOf(engine, query, search), sql` and `)}`.compile(engine.builder)
}

function orderOf(query: CertificateQuery, search: Search): Order {
  if (query.expiresBefore) {
    const placeOf = (row: CertificateRow) => [Number(row.not_after), Number(row.id)] as const
    return { listing: 'expiring', columns: ['c.not_after', 'c.id'], way: 'asc', placeOf }
  }
  const placeOf = (row: CertificateRow) => [Number(row.created_at), Number(row.id)] as const
  // A list of terms is kept in this order, so its own columns are the ones to sort by.
  const columns = search.term ? (['t.created_at', 't.certificate_id'] as const) : (['c.created_at', 'c.id'] as const)
  return { listing: 'certificates', columns, way: 'desc', placeOf }
}

function pageQuery(
  engine: Engine,
  query: CertificateQuery,
  search: Search,
  { columns: [time, id], way }: Order,
  limit: number,
  after: readonly [number, number] | undefined,
): Query<CertificateRow> {
  const conditions: RawBuilder<unknown>[] = [...conditionsOf(engine, query, search)]
  if (after) {
    const compare = sql.raw(way === 'desc' ? '<' : '>')
    conditions.push(sql`(${sql.raw(time)}, ${sql.raw(id)}) ${compare} (${after[0]}, ${after[1]})`)
  }
  const order = sql.raw(`${time} ${way}, ${id} ${way}`)
  return sql<CertificateRow>`select c.* from ${search.from} where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${limit}`.compile(engine.builder)
}
