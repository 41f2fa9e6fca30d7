import { fromHex } from '../../asn1/index.js'
import type { GeneralNames } from '../../pkix/index.js'
import type { CertificateStore, CrlRecord, RevocationReason } from '../../ports/index.js'
import type { CrlWriter } from '../../x509/index.js'
import type { CaDeps, CrlOptions } from '../types.js'
import { type CrlList, completeOf, scopeOf } from './list-name.js'

/** Events that are read at a time. */
const pageSize = 1000

/** What a list is filled from. */
export interface CrlSource {
  readonly certificates: CertificateStore
  readonly issuer: string
  /** The scope of the certificates that it lists; those of the whole CA when absent. */
  readonly scope?: string
  /** The name of their CA, where it is not the one that makes the list (RFC 5280 section 5.3.3). */
  readonly certificateIssuer?: GeneralNames
}

/** What a list of a CA is filled from. */
export const sourceOf = ({ store }: Pick<CaDeps, 'store'>, issuer: string, list: CrlList): CrlSource => ({
  certificates: store.certificates,
  issuer,
  ...(list.partition === undefined ? {} : { scope: scopeOf(completeOf(list)) }),
})

/** What decides whether an expired certificate stays. */
interface Retention {
  readonly expired: CrlOptions['expired']
  readonly intervalHours: number
  readonly latest: CrlRecord | undefined
}

interface Status {
  readonly revokedAt: Date
  readonly reason: RevocationReason | 'removeFromCRL'
  readonly invalidityDate?: Date
}

const hour = 3_600_000

/** Writes every held and revoked certificate that the list covers. */
export async function writeRevoked(
  writer: CrlWriter,
  { certificates, issuer, scope, certificateIssuer }: CrlSource,
  thisUpdate: Date,
  retention: Retention,
): Promise<void> {
  const dropBefore = expiryOfDropped(thisUpdate, retention)
  let issuerOfNext = certificateIssuer
  for await (const entry of certificates.revoked(issuer, scope === undefined ? {} : { scope })) {
    if (entry.notAfter.getTime() < dropBefore) continue
    // Said once, it counts for the entries that follow.
    add(writer, entry.serial, entry, thisUpdate, issuerOfNext)
    issuerOfNext = undefined
  }
}

/**
 * An expired certificate stays on a list after its end, and on one that was not made out of turn (RFC 5280 section 3.3):
 * it leaves when a list was made since, and the time of a regular one has passed.
 */
function expiryOfDropped(thisUpdate: Date, { expired, intervalHours, latest }: Retention): number {
  if (expired === 'keep' || latest === undefined) return Number.NEGATIVE_INFINITY
  return Math.min(latest.thisUpdate.getTime(), thisUpdate.getTime() - intervalHours * hour)
}

/** Writes what has changed since a position of the event feed (RFC 5280 section 5.2.4). */
export async function writeChanges(
  writer: CrlWriter,
  source: CrlSource,
  thisUpdate: Date,
  position: string,
): Promise<void> {
  const { certificates, issuer, scope } = source
  for (const [serial, at] of [...(await changedSince(source, position))].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const record = await certificates.get(issuer, serial)
    if (record === undefined || (scope !== undefined && record.crlScope !== scope)) continue
    const { revokedAt, revocationReason, invalidityDate } = record
    if (revokedAt === null || revocationReason === null) {
      add(writer, serial, { revokedAt: at, reason: 'removeFromCRL' }, thisUpdate)
    } else {
      const status = {
        revokedAt,
        reason: revocationReason,
        ...(invalidityDate === undefined ? {} : { invalidityDate }),
      }
      add(writer, serial, status, thisUpdate)
    }
  }
}

/** The certificates whose status was changed, each with the moment of the last change. */
async function changedSince({ certificates, issuer }: CrlSource, position: string): Promise<ReadonlyMap<string, Date>> {
  const changed = new Map<string, Date>()
  for (let after: string | undefined = position; after !== undefined; ) {
    const page = await certificates.events({ after, limit: pageSize, issuer, changesOnly: true })
    for (const { serial, at } of page.items) changed.set(serial, at)
    after = page.next
  }
  return changed
}

/** Whether there is anything that a list would say and that was recorded after a position of the event feed. */
export async function hasChanges({ certificates, issuer, scope }: CrlSource, position: string): Promise<boolean> {
  const limit = scope === undefined ? 1 : pageSize
  const { items, next } = await certificates.events({ after: position, limit, issuer, changesOnly: true })
  if (scope === undefined || next !== undefined) return items.length > 0
  for (const { serial } of items) {
    if ((await certificates.get(issuer, serial))?.crlScope === scope) return true
  }
  return false
}

/** The end of the event feed: what is read after this comes later. */
export async function endOfFeed(
  { certificates, issuer }: Pick<CrlSource, 'certificates'> & { readonly issuer?: string },
  from: string | undefined,
): Promise<string> {
  for (let after = from; ; ) {
    const query = { limit: pageSize, changesOnly: true, ...(issuer === undefined ? {} : { issuer }) }
    const page = await certificates.events(after === undefined ? query : { ...query, after })
    if (page.next === undefined) return page.position
    after = page.next
  }
}

function add(
  writer: CrlWriter,
  serial: string,
  { revokedAt, reason, invalidityDate }: Status,
  thisUpdate: Date,
  certificateIssuer?: GeneralNames,
): void {
  const serialNumber = fromHex(serial)
  // Another node, whose clock is ahead, may have revoked it: that is no reason to withhold the news (section 5.1.2.6).
  const revocationDate = new Date(Math.min(wholeSecond(revokedAt), thisUpdate.getTime()))
  if (invalidityDate === undefined && certificateIssuer === undefined) {
    // RFC 5280 section 5.3.1: absent rather than unspecified
    if (reason === 'unspecified') writer.addRevoked({ serialNumber, revocationDate })
    else writer.addRevoked({ serialNumber, revocationDate, reason })
    return
  }
  const known = {
    serialNumber,
    revocationDate,
    ...(invalidityDate === undefined ? {} : { invalidityDate: new Date(wholeSecond(invalidityDate)) }),
    ...(certificateIssuer === undefined ? {} : { certificateIssuer }),
  }
  writer.addRevoked(reason === 'unspecified' ? known : { ...known, reason })
}

const wholeSecond = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000
