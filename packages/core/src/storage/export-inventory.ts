import type { CertificateEvent, CertificateRecord, CertificateStore } from '../ports/index.js'
import { formatInventoryLine } from './inventory-line.js'

/** How an inventory is exported. */
export interface ExportOptions {
  /** A `position` of an earlier export: only what has changed since then is written. */
  readonly after?: string
  /** Events that are read at a time, 1 to 1000; 500 when absent. */
  readonly batch?: number
}

/**
 * The inventory as lines of JSON (without line ends): each certificate with its DER and its whole record, in the order in
 * which things happened to it, then the intents that have no certificate, then the latest CRL of each issuer and scope.
 *
 * It may run while the CA works. In between come lines with the `position` reached: an export that was cut off is
 * continued `after` the last of them, and so is a finished one, later, for what is new. A certificate that changes
 * during the export may come more than once, each time as it is at that moment.
 *
 * @throws CertwrightError `store` when the store fails, `configuration` for a position that is none.
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { pipeline } from 'node:stream/promises'
 * import { memoryStore } from '@certwright/core/defaults'
 * import { exportInventory } from '@certwright/core/storage'
 *
 * const { certificates } = memoryStore()
 * async function* lines() {
 *   for await (const line of exportInventory(certificates)) yield `${line}\n`
 * }
 * await pipeline(lines, createWriteStream('inventory.jsonl'))
 * ```
 */
export async function* exportInventory(store: CertificateStore, options: ExportOptions = {}): AsyncIterable<string> {
  const limit = options.batch ?? 500
  for (let after = options.after; ; ) {
    const page = await store.events({ limit, ...(after === undefined ? {} : { after }) })
    for (const record of await recordsOf(store, page.items)) {
      yield formatInventoryLine({ kind: 'certificate', record })
    }
    yield formatInventoryLine({ kind: 'position', position: page.position })
    if (page.next === undefined) break
    after = page.next
  }
  for await (const record of everyCertificate(store, { status: 'reserved' })) {
    yield formatInventoryLine({ kind: 'certificate', record })
  }
  for (const { issuer, scope } of await store.crlScopes()) {
    const crl = await store.latestCrl(issuer, scope)
    if (crl) yield formatInventoryLine({ kind: 'crl', crl })
  }
}

/** The records that events are about, each once. */
async function recordsOf(
  store: CertificateStore,
  events: readonly CertificateEvent[],
): Promise<readonly CertificateRecord[]> {
  const addresses = new Map(events.map(({ issuer, serial }) => [JSON.stringify([issuer, serial]), { issuer, serial }]))
  const records = await Promise.all([...addresses.values()].map(({ issuer, serial }) => store.get(issuer, serial)))
  return records.flatMap((record) => record ?? [])
}

/**
 * All records that a query finds, in the order of `find`, without holding more than a page of them in memory.
 *
 * @throws as `find` does
 */
export async function* everyCertificate(
  store: Pick<CertificateStore, 'find'>,
  query: Parameters<CertificateStore['find']>[0],
  pageSize = 500,
): AsyncIterable<CertificateRecord> {
  for (let after: string | undefined; ; ) {
    const page = await store.find(query, { limit: pageSize, ...(after === undefined ? {} : { after }) })
    yield* page.items
    if (page.next === undefined) return
    after = page.next
  }
}
