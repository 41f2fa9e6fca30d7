import { CertwrightError } from '../errors.js'
import type { CertificateRecord, StatusChange } from '../ports/index.js'
import { auditOf } from './audit.js'
import type { Crls } from './crl/crls.js'
import type { CaDeps, CertificateAuthority, StatusActor, StatusOrder } from './types.js'

/** Whose certificates are revoked, and where that is said. */
interface StatusAuthority {
  readonly id: string
  readonly keepsExpired: boolean
  readonly crls: Pick<Crls, 'announce'>
}

/**
 * Revokes, holds and releases: audits the decision, records it, makes the lists that say it. What a crash leaves behind: before
 * the record, an event about a change that the record does not have; after it, a list that is behind, which the next process
 * makes. Asked again, a change that is recorded is audited once more and its lists are made.
 */
export function createStatusChanges(deps: CaDeps, authority: StatusAuthority): CertificateAuthority['changeStatus'] {
  const { id, crls } = authority
  const { certificates } = deps.store
  return async (serial, order, by) => {
    const change = statusChange(order, deps.clock.now())
    const present = await certificates.get(id, serial)
    if (present !== undefined && !authority.keepsExpired) refuseExpired(present, deps.clock.now())
    const again = present !== undefined && isDone(present, change)
    if (!again) refuseImpossible(present, change)
    await audit(deps, 'certificate.status-changed', { issuer: id, serial, change, by, again })
    const record = again ? present : await recorded(deps, { issuer: id, serial, change, by })
    if (by.publish !== false) await crls.announce(record)
    return record
  }
}

interface Changing {
  readonly issuer: string
  readonly serial: string
  readonly change: StatusChange
  readonly by: StatusActor
}

async function recorded(deps: CaDeps, changing: Changing): Promise<CertificateRecord> {
  const { issuer, serial, change } = changing
  try {
    return await deps.store.certificates.changeStatus(issuer, serial, change)
  } catch (error) {
    const code = error instanceof CertwrightError ? error.code : 'unknown'
    const report = (cause: unknown) => deps.logger.error('a failed change of status was not audited', { serial, cause })
    await audit(deps, 'certificate.status-change-failed', { ...changing, failure: code }).catch(report)
    throw error
  }
}

async function audit(
  deps: CaDeps,
  type: 'certificate.status-changed' | 'certificate.status-change-failed',
  facts: Changing & { readonly again?: boolean; readonly failure?: string },
): Promise<void> {
  const { issuer, serial, change, by, again, failure } = facts
  const invalidityDate = change.to === 'revoked' ? change.invalidityDate : undefined
  await auditOf(deps).record({
    time: deps.clock.now(),
    type,
    actor: by.actor,
    requestId: by.requestId,
    ...(by.address === undefined ? {} : { address: by.address }),
    details: {
      issuer,
      serial,
      status: change.to,
      reason: change.to === 'issued' ? null : change.reason,
      at: change.at.toISOString(),
      ...(invalidityDate === undefined ? {} : { invalidityDate: invalidityDate.toISOString() }),
      ...(by.comment === undefined ? {} : { comment: by.comment.slice(0, 1000) }),
      ...(again ? { again: true } : {}),
      ...(failure === undefined ? {} : { failure }),
    },
  })
}

/** Whether a record says what a change asks for; when it was first said does not matter. */
function isDone({ status, revocationReason, invalidityDate }: CertificateRecord, change: StatusChange): boolean {
  if (status !== change.to) return false
  if (change.to === 'held') return true
  if (change.to === 'issued') return false // a certificate that was never held is not released
  return revocationReason === change.reason && invalidityDate?.getTime() === change.invalidityDate?.getTime()
}

function refuseImpossible(present: CertificateRecord | undefined, { from }: StatusChange): void {
  const allowed: readonly string[] = from
  if (present === undefined || present.certificate === null) {
    throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  }
  if (allowed.includes(present.status)) return
  throw new CertwrightError('conflict', `the certificate is ${present.status}, not ${allowed.join(' or ')}`)
}

/** What has expired is on no list any more: a change would never be made known. */
function refuseExpired({ notAfter }: CertificateRecord, now: Date): void {
  if (notAfter >= now) return
  throw new CertwrightError('conflict', 'the certificate has expired, and the CA keeps no expired ones on its CRLs')
}

function statusChange(change: StatusOrder, now: Date): StatusChange {
  switch (change.to) {
    case 'revoked': {
      const { reason, at = now, invalidityDate } = change
      if (reason === 'certificateHold') return statusChange({ to: 'held' }, now)
      if (!isListable(at, now) || (invalidityDate !== undefined && !isListable(invalidityDate, now))) {
        throw new CertwrightError('configuration', 'the dates of a revocation lie between 1950 and the present')
      }
      const from = ['issued', 'held'] as const
      return { from, to: 'revoked', reason, at, ...(invalidityDate === undefined ? {} : { invalidityDate }) }
    }
    case 'held':
      return { from: ['issued'], to: 'held', reason: 'certificateHold', at: now }
    case 'issued':
      return { from: ['held'], to: 'issued', at: now }
  }
}

/** UTCTime begins with 1950 (RFC 5280 section 5.1.2.6): an earlier date would keep every list from being made. */
const earliest = Date.UTC(1950, 0)

const isListable = (date: Date, now: Date): boolean => date.getTime() >= earliest && date.getTime() <= now.getTime()
