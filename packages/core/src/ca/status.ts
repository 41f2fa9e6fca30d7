import { CertwrightError } from '../errors.js'
import type { CertificateRecord, StatusChange } from '../ports/index.js'
import { checkChange } from '../storage/index.js'
import type { Crls } from './crl/crls.js'
import { auditDecision, auditingRefusal } from './decisions.js'
import type { CaDeps, CertificateAuthority, StatusActor, StatusOrder } from './types.js'

/** Whose certificates are revoked, and where that is said. */
interface StatusAuthority {
  readonly id: string
  readonly keepsExpired: boolean
  readonly crls: Pick<Crls, 'announce'>
  /** Throws when the CA may not say what became of a certificate. */
  mayChange(): Promise<void>
}

/**
 * Revokes, holds and releases: audits the decision, records it, makes the lists that say it. What a crash leaves behind: before
 * the record, an event about a change that the record does not have; after it, a list that is behind, which the next process
 * makes. Asked again, a change that is recorded is audited once more and its lists are made. What is refused, or not recorded,
 * is audited too.
 */
export function createStatusChanges(deps: CaDeps, authority: StatusAuthority): CertificateAuthority['changeStatus'] {
  const { id, crls } = authority
  const { certificates } = deps.store
  const changed = async (serial: string, order: StatusOrder, by: StatusActor): Promise<CertificateRecord> => {
    await authority.mayChange()
    const change = statusChange(order, deps.clock.now())
    checkChange(change)
    const present = await certificates.get(id, serial)
    if (present !== undefined && !authority.keepsExpired) refuseExpired(present, deps.clock.now())
    const again = present !== undefined && isDone(present, change)
    if (!again) refuseImpossible(present, change)
    const details = { issuer: id, serial, ...changeDetails(change), ...(again ? { again } : {}) }
    await auditDecision(deps, 'certificate.status-changed', by, details)
    return again ? present : certificates.changeStatus(id, serial, change)
  }
  return async (serial, order, by) => {
    const record = await auditingRefusal(
      deps,
      'certificate.status-change-failed',
      by,
      ({ code, reason }) => ({
        issuer: id,
        serial: serial.slice(0, maxSerial),
        ...orderDetails(order),
        failure: code,
        failureReason: reason,
      }),
      () => changed(serial, order, by),
    )
    if (by.publish !== false) await crls.announce(record)
    return record
  }
}

/** Characters of a serial number that nobody may have. */
const maxSerial = 80

const changeDetails = (change: StatusChange) => ({ ...orderDetails(change), at: change.at.toISOString() })

/** What a change asks for; dates are as yet unchecked. */
function orderDetails(order: StatusOrder) {
  if (order.to !== 'revoked') return { status: order.to, reason: order.to === 'held' ? 'certificateHold' : null }
  const { to, reason, invalidityDate } = order
  const isDate = invalidityDate !== undefined && !Number.isNaN(invalidityDate.getTime())
  return { status: to, reason, ...(isDate ? { invalidityDate: invalidityDate.toISOString() } : {}) }
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
  if (present === undefined || present.status === 'reserved') {
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
      if (!isPast(at, now) || (invalidityDate !== undefined && !isPast(invalidityDate, now))) {
        throw new CertwrightError('configuration', 'the dates of a revocation are not in the future')
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

const isPast = (date: Date, now: Date): boolean => date.getTime() <= now.getTime()
