import { CertwrightError } from '../errors.js'
import type {
  CertificateQuery,
  CertificateRecord,
  CertificateStore,
  IssuanceIntent,
  Page,
  RevokedEntry,
  StatusChange,
} from '../ports/index.js'
import { checkDate, checkIntent, checkIssued, decodeCursor, encodeCursor, pageLimit } from '../storage/index.js'
import { memoryCrls } from './memory-crls.js'

/** A record and its place in the order of arrival. */
interface Entry {
  readonly sequence: number
  record: CertificateRecord
}

/** The certificate inventory of `memoryStore`. */
export function memoryCertificates(): CertificateStore {
  const bySerial = new Map<string, Entry>()
  const byRequest = new Map<string, Entry>()
  const pair = (issuer: string, name: string) => JSON.stringify([issuer, name])
  return Object.freeze({
    async reserve(intent) {
      checkIntent(intent)
      const existing = byRequest.get(pair(intent.issuer, intent.requestId))
      if (existing) return { kind: 'existing', record: copyOf(existing.record) }
      const serial = pair(intent.issuer, intent.serial)
      if (bySerial.has(serial)) return { kind: 'serial-taken' }
      const entry = { sequence: bySerial.size, record: reservedRecord(intent) }
      bySerial.set(serial, entry)
      byRequest.set(pair(intent.issuer, intent.requestId), entry)
      return { kind: 'reserved', record: copyOf(entry.record) }
    },
    async complete(issuer, serial, issued) {
      checkIssued(issued)
      const entry = bySerial.get(pair(issuer, serial))
      if (!entry) throw new CertwrightError('conflict', 'no such serial number is reserved')
      if (entry.record.status === 'reserved') entry.record = copyOf({ ...entry.record, ...issued, status: 'issued' })
      return copyOf(entry.record)
    },
    async get(issuer, serial) {
      const entry = bySerial.get(pair(issuer, serial))
      return entry && copyOf(entry.record)
    },
    find: async (query, page) => findPage([...bySerial.values()], query, page),
    async changeStatus(issuer, serial, change) {
      const entry = bySerial.get(pair(issuer, serial))
      if (!entry) throw new CertwrightError('conflict', 'there is no certificate with this serial number')
      entry.record = changed(entry.record, change)
      return copyOf(entry.record)
    },
    revoked: (issuer) => revokedEntries([...bySerial.values()], issuer),
    ...memoryCrls(),
  } satisfies CertificateStore)
}

function reservedRecord(intent: IssuanceIntent): CertificateRecord {
  return copyOf({
    ...intent,
    status: 'reserved',
    certificate: null,
    fingerprint: null,
    issuedAt: null,
    revokedAt: null,
    revocationReason: null,
  })
}

function changed(record: CertificateRecord, change: StatusChange): CertificateRecord {
  checkDate('at', change.at)
  const from: readonly string[] = change.from
  if (!from.includes(record.status)) {
    throw new CertwrightError('conflict', `the certificate is ${record.status}, not ${from.join(' or ')}`)
  }
  if (change.to === 'issued') return { ...record, status: 'issued', revokedAt: null, revocationReason: null }
  return { ...record, status: change.to, revokedAt: new Date(change.at), revocationReason: change.reason }
}

function findPage(
  entries: readonly Entry[],
  query: CertificateQuery,
  page: { readonly limit?: number; readonly after?: string } = {},
): Page<CertificateRecord> {
  const limit = pageLimit(page.limit)
  const found = entries
    .filter(({ record }) => matches(record, query))
    .sort((a, b) => newestFirst(placeOf(a), placeOf(b)))
  const after = page.after === undefined ? undefined : decodeCursor('certificates', page.after, ['number', 'number'])
  const rest = after ? found.filter((entry) => newestFirst(placeOf(entry), after) > 0) : found
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  const records = items.map(({ record }) => copyOf(record))
  if (!last || rest.length <= limit) return { items: records }
  return { items: records, next: encodeCursor('certificates', placeOf(last)) }
}

type Place = readonly [createdAt: number, sequence: number]

function placeOf({ record, sequence }: Entry): Place {
  return [record.createdAt.getTime(), sequence]
}

function newestFirst(a: Place, b: Place): number {
  return b[0] - a[0] || b[1] - a[1]
}

function matches(record: CertificateRecord, query: CertificateQuery): boolean {
  const { subjectDer, expiresBefore, validAt } = query
  if (query.status === undefined ? record.status === 'reserved' : record.status !== query.status) return false
  for (const field of ['issuer', 'profile', 'requester', 'fingerprint', 'publicKeyDigest'] as const) {
    if (query[field] !== undefined && query[field] !== record[field]) return false
  }
  if (subjectDer && !equal(subjectDer, record.subjectDer)) return false
  if (expiresBefore && record.notAfter >= expiresBefore) return false
  return !validAt || record.notAfter >= validAt
}

async function* revokedEntries(entries: readonly Entry[], issuer: string): AsyncIterable<RevokedEntry> {
  const revoked = entries.map(({ record }) => record).filter((record) => record.issuer === issuer && record.revokedAt)
  revoked.sort((a, b) => (a.serial < b.serial ? -1 : 1))
  for (const { serial, revokedAt, revocationReason, notAfter } of revoked) {
    if (revokedAt && revocationReason) {
      yield { serial, revokedAt: new Date(revokedAt), reason: revocationReason, notAfter: new Date(notAfter) }
    }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, i) => octet === b[i])
}

/** Arrays and dates can be written to: nobody outside may share them with the store. */
function copyOf(record: CertificateRecord): CertificateRecord {
  return {
    ...record,
    tbsCertificate: new Uint8Array(record.tbsCertificate),
    subjectDer: new Uint8Array(record.subjectDer),
    certificate: record.certificate && new Uint8Array(record.certificate),
    notBefore: new Date(record.notBefore),
    notAfter: new Date(record.notAfter),
    createdAt: new Date(record.createdAt),
    issuedAt: record.issuedAt && new Date(record.issuedAt),
    revokedAt: record.revokedAt && new Date(record.revokedAt),
  }
}
