import type { CertificateQuery, CertificateRecord, Page } from '@certwright/core/ports'
import { decodeCursor, encodeCursor, pageLimit } from '@certwright/core/storage'
import { type Kysely, sql } from 'kysely'
import { type Operation, type Query, rows } from '../engine/operation.js'
import { hexOctets, sha256 } from '../schema/octets.js'
import type { CertificateRow, Tables } from '../schema/tables.js'
import { storedText } from '../schema/text.js'
import { toRecord } from './certificate-rows.js'

/** A page of the records that match, newest first; the cursor holds creation time and row number of the last. */
export function findPage(
  db: Kysely<Tables>,
  query: CertificateQuery,
  page: { readonly limit?: number; readonly after?: string },
): () => Operation<Page<CertificateRecord>> {
  const limit = pageLimit(page.limit)
  const after = page.after === undefined ? undefined : decodeCursor('certificates', page.after, ['number', 'number'])
  const select = pageQuery(db, query, limit + 1, after)
  return function* () {
    const found = yield* rows<CertificateRow>(select)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    if (!last || found.length <= limit) return { items: items.map(toRecord) }
    const next = encodeCursor('certificates', [Number(last.created_at), Number(last.id)])
    return { items: items.map(toRecord), next }
  }
}

function pageQuery(
  db: Kysely<Tables>,
  query: CertificateQuery,
  limit: number,
  after: readonly [number, number] | undefined,
): Query<CertificateRow> {
  let select = db.selectFrom('certwright_certificates').selectAll()
  for (const [column, value] of equalities(query)) select = select.where(column, '=', value)
  // Literals, because partial indexes are found by them.
  if (query.status === undefined) select = select.where(sql<boolean>`status <> 'reserved'`)
  else if (query.status !== 'issued') select = select.where(sql<boolean>`status <> 'issued'`)
  if (query.expiresBefore) select = select.where('not_after', '<', query.expiresBefore.getTime())
  if (query.validAt) select = select.where('not_after', '>=', query.validAt.getTime())
  if (after) select = select.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after[0], after[1])))
  return select.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).compile()
}

/** Column and value of each condition that asks for equality. */
function equalities(query: CertificateQuery) {
  const { issuer, status, profile, requester, subjectDer, fingerprint, publicKeyDigest } = query
  const all = [
    ['issuer', issuer === undefined ? undefined : storedText(issuer)],
    ['status', status],
    ['profile', profile === undefined ? undefined : storedText(profile)],
    ['requester', requester === undefined ? undefined : storedText(requester)],
    ['subject_digest', subjectDer && sha256(subjectDer)],
    ['fingerprint', fingerprint === undefined ? undefined : hexOctets(fingerprint)],
    ['public_key_digest', publicKeyDigest === undefined ? undefined : hexOctets(publicKeyDigest)],
  ] as const
  return all.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
}
