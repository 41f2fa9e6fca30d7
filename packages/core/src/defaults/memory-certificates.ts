import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, CertificateStore, RevokedEntry } from '../ports/index.js'
import { checkChange, checkDate, checkIntent, checkIssued, checkTags } from '../storage/index.js'
import { memoryCrls } from './memory-crls.js'
import { memoryEvents } from './memory-events.js'
import { type Entry, findPage, matching, pair } from './memory-find.js'
import { changed, copyOf, reservedRecord } from './memory-inventory.js'

/** The certificate inventory of `memoryStore`. */
export function memoryCertificates(): CertificateStore {
  const bySerial = new Map<string, Entry>()
  const byRequest = new Map<string, Entry>()
  const events = memoryEvents()
  const present = (issuer: string, serial: string): Entry => {
    const entry = bySerial.get(pair(issuer, serial))
    if (entry) return entry
    throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  }
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
      const { precertificate, ...record } = entry.record
      if (isWaiting(entry.record)) {
        entry.record = copyOf({ ...record, ...issued, status: 'issued' })
        events.issued(entry.record)
      }
      return copyOf(entry.record)
    },
    async get(issuer, serial) {
      const entry = bySerial.get(pair(issuer, serial))
      return entry && copyOf(entry.record)
    },
    find: async (query, page) => findPage([...bySerial.values()], query, page),
    count: async (query) => matching([...bySerial.values()], query).length,
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
    revoked: (issuer, options) => revokedEntries([...bySerial.values()], issuer, options?.scope),
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
