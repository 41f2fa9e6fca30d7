import { CertwrightError } from '../errors.js'
import type { AuditEvent } from '../ports/index.js'

/** Bounds of an event. Characters are UTF-16 code units. */
export const auditLimits = Object.freeze({
  /** Facts of an event. */
  details: 64,
  /** Characters of the name of a fact. */
  name: 128,
  /** Characters of a text; of a longer one so many are kept, and its length is told. */
  text: 2048,
  /** Octets of a line of an export. */
  line: 512 * 1024,
})

/**
 * The event as it is recorded: texts that are too long are cut and say so. What a client sends may be long, and must not
 * stop a decision from being recorded.
 *
 * @throws CertwrightError `audit` for an invalid time, a number that is not finite, and too many facts or too long names.
 */
export function boundEvent(event: AuditEvent): AuditEvent {
  if (Number.isNaN(event.time.getTime())) throw refused('its time is not a valid date')
  const entries = Object.entries(event.details)
  if (entries.length > auditLimits.details) throw refused(`it has more than ${auditLimits.details} details`)
  const { actor, address } = event
  return {
    time: event.time,
    type: event.type,
    actor: actor === null ? null : bound(actor),
    ...(address === undefined ? {} : { address: bound(address) }),
    requestId: bound(event.requestId),
    details: Object.fromEntries(entries.map(([name, value]) => [checkName(name), boundValue(value)])),
  }
}

function checkName(name: string): string {
  if (name.length <= auditLimits.name) return name
  throw refused(`the name of a detail has more than ${auditLimits.name} characters`)
}

function boundValue(value: AuditEvent['details'][string]): AuditEvent['details'][string] {
  if (typeof value === 'number' && !Number.isFinite(value)) throw refused('a number is not finite')
  return typeof value === 'string' ? bound(value) : value
}

const bound = (text: string): string =>
  text.length <= auditLimits.text ? text : `${text.slice(0, auditLimits.text)} [cut, ${text.length} characters in all]`

const refused = (what: string): CertwrightError =>
  new CertwrightError('audit', `the audit trail does not take the event: ${what}`)
