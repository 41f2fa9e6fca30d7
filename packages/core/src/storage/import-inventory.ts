import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, CertificateStore, CrlRecord, StatusChange } from '../ports/index.js'
import { type InventoryLine, parseInventoryLine } from './inventory-line.js'

/** How far an import is. */
export interface ImportProgress {
  /** Lines read. */
  readonly lines: number
  /** Records and CRLs that were not there before. */
  readonly added: number
  /** Records that were there and changed: certificate, status or tags. */
  readonly changed: number
  /** What was there already. */
  readonly unchanged: number
  /** The last position of the export that is whole in the store. */
  readonly position?: string
}

/** How an inventory is imported. */
export interface ImportOptions {
  /** Told after each batch of lines, which are then durable. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Lines that are written at a time, so that they share commits; 1 to 1000, 256 when absent. */
  readonly batch?: number
}

type Outcome = 'added' | 'changed' | 'unchanged'

/**
 * Brings exported lines into a store: of another engine, of another version, or one that has a part of them already. It
 * may be cut off and started again from the beginning, or from the line after the last progress: what is there stays, and
 * a certificate that is revoked here never becomes valid again.
 *
 * @throws CertwrightError `configuration` or `limit` for a line that is malformed, `conflict` when the store has another
 *   certificate or another intent under the same serial number or request id, `store` when the store fails. The message
 *   names the line; all lines before the batch that it is in are imported.
 */
export async function importInventory(
  store: CertificateStore,
  lines: AsyncIterable<string> | Iterable<string>,
  options: ImportOptions = {},
): Promise<ImportProgress> {
  const progress = { lines: 0, added: 0, changed: 0, unchanged: 0 }
  let position: string | undefined
  let batch: { readonly line: InventoryLine; readonly number: number }[] = []
  const flush = async () => {
    const written = await Promise.all(batch.map(({ line, number }) => importLine(store, line, number)))
    for (const outcome of written) if (outcome) progress[outcome]++
    for (const { line } of batch) if (line.kind === 'position') position = line.position
    batch = []
    options.onProgress?.({ ...progress, ...(position === undefined ? {} : { position }) })
  }
  const addresses = new Set<string>()
  for await (const text of lines) {
    progress.lines++
    if (text.trim() === '') continue
    const line = numbered(progress.lines, () => parseInventoryLine(text))
    const address = addressOf(line)
    // A certificate that comes again has changed meanwhile: the order of its lines counts.
    if (batch.length >= (options.batch ?? 256) || addresses.has(address)) {
      await flush()
      addresses.clear()
    }
    addresses.add(address)
    batch.push({ line, number: progress.lines })
  }
  await flush()
  return { ...progress, ...(position === undefined ? {} : { position }) }
}

function addressOf(line: InventoryLine): string {
  if (line.kind === 'certificate') return JSON.stringify([line.record.issuer, line.record.serial])
  return line.kind === 'crl' ? JSON.stringify([line.crl.issuer, line.crl.scope, 'crl']) : line.position
}

async function importLine(store: CertificateStore, line: InventoryLine, number: number): Promise<Outcome | undefined> {
  if (line.kind === 'position') return undefined
  try {
    return line.kind === 'crl' ? await importCrl(store, line.crl) : await importRecord(store, line.record)
  } catch (error) {
    throw inLine(number, error)
  }
}

async function importCrl(store: CertificateStore, crl: CrlRecord): Promise<Outcome> {
  const latest = await store.latestCrl(crl.issuer, crl.scope)
  if (latest && latest.number >= crl.number) return 'unchanged'
  await store.addCrl(crl)
  return 'added'
}

async function importRecord(store: CertificateStore, record: CertificateRecord): Promise<Outcome> {
  const reservation = await store.reserve(record)
  if (reservation.kind === 'serial-taken' || reservation.record.serial !== record.serial) {
    throw new CertwrightError('conflict', 'the store has another record under this serial number or request id')
  }
  const before = reservation.record
  let present = await importSigned(store, before, record)
  if (record.status !== 'reserved') {
    for (const change of changesTo(present, record)) {
      present = await store.changeStatus(record.issuer, record.serial, change)
    }
  }
  if (reservation.kind === 'existing' && !sameTags(present, record)) {
    present = await store.setTags(record.issuer, record.serial, record.tags ?? [])
  }
  if (reservation.kind === 'reserved') return 'added'
  return present === before ? 'unchanged' : 'changed'
}

/** Brings over what is signed: the certificate, or the precertificate where there is no more. */
async function importSigned(
  store: CertificateStore,
  before: CertificateRecord,
  record: CertificateRecord,
): Promise<CertificateRecord> {
  const { issuer, serial, certificate, precertificate, fingerprint, issuedAt, tbsCertificate } = record
  checkIntents(before, record)
  if (certificate === null || fingerprint === null || issuedAt === null) {
    const signed = precertificate !== undefined && issuedAt !== null && before.status === 'reserved'
    return signed ? store.precertify(issuer, serial, { precertificate, issuedAt }) : before
  }
  let present = before
  if (before.certificate === null) {
    // A precertificate announces another TBSCertificate than its own.
    await store.amend(issuer, serial, { from: before.tbsCertificate, to: tbsCertificate })
    present = await store.complete(issuer, serial, { certificate, fingerprint, issuedAt })
  }
  if (present.fingerprint === fingerprint) return present
  throw new CertwrightError('conflict', 'the store has another certificate under this serial number')
}

/** What was signed as a certificate stays; before that the intent of a request may have changed. */
function checkIntents(present: CertificateRecord, record: CertificateRecord): void {
  if (equalBytes(present.tbsCertificate, record.tbsCertificate)) return
  const signed = present.certificate !== null && record.certificate !== null
  if (!signed && present.requestDigest === record.requestDigest) return
  throw new CertwrightError('conflict', 'the store has another intent under this serial number')
}

/** The changes from the status that is there to the one of the line; none away from `revoked`. */
function changesTo(present: CertificateRecord, { status, revokedAt, ...record }: CertificateRecord): StatusChange[] {
  if (present.status === status || present.status === 'revoked') return []
  const at = revokedAt ?? record.createdAt
  if (status === 'held') return [{ from: ['issued'], to: 'held', reason: 'certificateHold', at }]
  if (status === 'issued') return [{ from: ['held'], to: 'issued', at: present.revokedAt ?? at }]
  if (status !== 'revoked') return []
  const { revocationReason: reason, invalidityDate } = record
  const date = invalidityDate === undefined ? {} : { invalidityDate }
  return [{ from: ['issued', 'held'], to: 'revoked', reason: reason ?? 'unspecified', at, ...date }]
}

function sameTags({ tags: a = [] }: CertificateRecord, { tags: b = [] }: CertificateRecord): boolean {
  return a.length === b.length && a.every((tag, i) => tag === b[i])
}

function numbered<T>(number: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw inLine(number, error)
  }
}

function inLine(number: number, error: unknown): unknown {
  if (!(error instanceof CertwrightError) || error.code === 'store') return error
  return new CertwrightError(error.code, `line ${number}: ${error.message}`, { cause: error })
}
