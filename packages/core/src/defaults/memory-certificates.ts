import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, CertificateStore, RevokedEntry } from '../ports/index.js'
import { checkChange, checkDate, checkIntent, checkIssued, checkTags } from '../storage/index.js'
import { memoryCrls } from './memory-crls.js'
import { memoryEvents } from './memory-events.js'
import { type Entry, findPage, matching } from './memory-find.js'
import { changed, copyOf, issuedRecord, reservedRecord } from './memory-inventory.js'

/** The records of one issuer. */
interface Index {
  readonly bySerial: Map<string, Entry>
  readonly byRequest: Map<string, Entry>
}

/** The certificate inventory of `memoryStore`. */
export function memoryCertificates(): CertificateStore {
  const entries: Entry[] = []
  const issuers = new Map<string, Index>()
  const events = memoryEvents()
  const indexOf = (issuer: string): Index => {
    const index = issuers.get(issuer) ?? { bySerial: new Map(), byRequest: new Map() }
    issuers.set(issuer, index)
    return index
  }
  const present = (issuer: string, serial: string): Entry => {
    const entry = issuers.get(issuer)?.bySerial.get(serial)
    if (entry) return entry
    throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  }
  return Object.freeze({
    async reserve(intent) {
      checkIntent(intent)
      const { bySerial, byRequest } = indexOf(intent.issuer)
      const existing = byRequest.get(intent.requestId)
      if (existing) return { kind: 'existing', record: copyOf(existing.record) }
      if (bySerial.has(intent.serial)) return { kind: 'serial-taken' }
      const entry = { sequence: entries.length, record: reservedRecord(intent) }
      entries.push(entry)
      bySerial.set(intent.serial, entry)
      byRequest.set(intent.requestId, entry)
      return { kind: 'reserved', record: copyOf(entry.record) }
    },
    async precertify(issuer, serial, signed) {
      checkDate('issuedAt', signed.issuedAt)
      const entry = present(issuer, serial)
      if (entry.record.status === 'reserved') {
        entry.record = copyOf({ ...entry.record, ...signed, status: 'issued' })
        events.issued(entry.record)
      }
      return copyOf(entry.record)
    },
    async amend(issuer, serial, { from, to }) {
      const entry = present(issuer, serial)
      if (isWaiting(entry.record) && equalBytes(entry.record.tbsCertificate, from)) {
        entry.record = copyOf({ ...entry.record, tbsCertificate: to })
      }
      return copyOf(entry.record)
    },
    async complete(issuer, serial, issued) {
      checkIssued(issued)
      const entry = present(issuer, serial)
      if (isWaiting(entry.record)) {
        entry.record = issuedRecord(entry.record, issued)
        events.issued(entry.record)
      }
      return copyOf(entry.record)
    },
    async get(issuer, serial) {
      const entry = issuers.get(issuer)?.bySerial.get(serial)
      return entry && copyOf(entry.record)
    },
    find: async (query, page) => findPage(entries, query, page),
    count: async (query) => matching(entries, query).length,
    async changeStatus(issuer, serial, change) {
      checkChange(change)
      const entry = present(issuer, serial)
      entry.record = changed(entry.record, change)
      events.changed(entry.record, change)
      return copyOf(entry.record)
    },
    async setTags(issuer, serial, tags) {
      checkTags(tags)
      const entry = present(issuer, serial)
      entry.record = copyOf({ ...entry.record, tags })
      return copyOf(entry.record)
    },
    revoked: (issuer, options) => revokedEntries(entries, issuer, options?.scope),
    events: async (request) => events.read(request),
    ...memoryCrls(),
  } satisfies CertificateStore)
}

/** Whether the certificate is still to come: there is an intent, or a precertificate that is good. */
const isWaiting = ({ status, certificate }: CertificateRecord): boolean =>
  status === 'reserved' || (status === 'issued' && certificate === null)

async function* revokedEntries(
  entries: readonly Entry[],
  issuer: string,
  scope: string | undefined,
): AsyncIterable<RevokedEntry> {
  const revoked = entries
    .map(({ record }) => record)
    .filter((record) => record.issuer === issuer && record.revokedAt)
    .filter(({ crlScope = 'full' }) => scope === undefined || crlScope === scope)
    .sort((a, b) => (a.serial < b.serial ? -1 : 1))
  for (const { serial, revokedAt, revocationReason, notAfter, invalidityDate } of revoked) {
    if (revokedAt && revocationReason) {
      yield {
        serial,
        revokedAt: new Date(revokedAt),
        reason: revocationReason,
        notAfter: new Date(notAfter),
        ...(invalidityDate === undefined ? {} : { invalidityDate: new Date(invalidityDate) }),
      }
    }
  }
}
