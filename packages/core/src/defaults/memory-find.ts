import type { CertificateQuery, CertificateRecord, Page, PageRequest } from '../ports/index.js'
import { checkQuery, decodeCursor, encodeCursor, pageLimit } from '../storage/index.js'
import { copyOf } from './memory-inventory.js'

/** A record and its place in the order of arrival. */
export interface Entry {
  readonly sequence: number
  record: CertificateRecord
}

/** The records that match. */
export function matching(entries: readonly Entry[], query: CertificateQuery): Entry[] {
  checkQuery(query)
  const superseded = new Set(
    query.superseded === undefined ? [] : entries.flatMap(({ record }) => supersededBy(record)),
  )
  return entries.filter(
    ({ record }) =>
      matches(record, query) &&
      (query.superseded === undefined || superseded.has(pair(record.issuer, record.serial)) === query.superseded),
  )
}

/** A page of the records that match. */
export function findPage(
  entries: readonly Entry[],
  query: CertificateQuery,
  page: PageRequest = {},
): Page<CertificateRecord> {
  const limit = pageLimit(page.limit)
  const { listing, placeOf, order } = query.expiresBefore ? byExpiry : byCreation
  const found = matching(entries, query).sort((a, b) => order(placeOf(a), placeOf(b)))
  const after = page.after === undefined ? undefined : decodeCursor(listing, page.after, ['number', 'number'])
  const rest = after ? found.filter((entry) => order(placeOf(entry), after) > 0) : found
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  const records = items.map(({ record }) => copyOf(record))
  if (!last || rest.length <= limit) return { items: records }
  return { items: records, next: encodeCursor(listing, placeOf(last)) }
}

type Place = readonly [time: number, sequence: number]

const byCreation = {
  listing: 'certificates',
  placeOf: ({ record, sequence }: Entry): Place => [record.createdAt.getTime(), sequence],
  order: (a: Place, b: Place): number => b[0] - a[0] || b[1] - a[1],
}

const byExpiry = {
  listing: 'expiring',
  placeOf: ({ record, sequence }: Entry): Place => [record.notAfter.getTime(), sequence],
  order: (a: Place, b: Place): number => a[0] - b[0] || a[1] - b[1],
}

function matches(record: CertificateRecord, query: CertificateQuery): boolean {
  const { subjectDer, expiresBefore, validAt, name, tags = [] } = query
  if (query.status === undefined ? record.status === 'reserved' : record.status !== query.status) return false
  for (const field of equalFields) {
    if (query[field] !== undefined && query[field] !== record[field]) return false
  }
  if (subjectDer && !equal(subjectDer, record.subjectDer)) return false
  if (name !== undefined && !record.names?.includes(name)) return false
  if (!tags.every((tag) => record.tags?.includes(tag))) return false
  if (expiresBefore && record.notAfter >= expiresBefore) return false
  return !validAt || record.notAfter >= validAt
}

const equalFields = [
  'issuer',
  'serial',
  'profile',
  'requester',
  'fingerprint',
  'publicKeyDigest',
  'previousSerial',
] as const

function supersededBy({ issuer, previousSerial, certificate }: CertificateRecord): readonly string[] {
  return previousSerial === undefined || certificate === null ? [] : [pair(issuer, previousSerial)]
}

/** Two texts as one key. */
export function pair(issuer: string, name: string): string {
  return JSON.stringify([issuer, name])
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, i) => octet === b[i])
}
