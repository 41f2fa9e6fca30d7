import { addDuration, type Duration, subtractDuration } from '../duration.js'
import { type Context, refuse } from './context.js'

const field = 'validity'
const hourMs = 3600 * 1000

const second = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000)
const show = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'no moment' : date.toISOString().replace('.000Z', 'Z')
const earliest = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map(Number)))
const latest = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map(Number)))

/** The validity of the certificate: within the issuer's and what the profile and the requester say. */
export function decideValidity(context: Context): { readonly notBefore: Date; readonly notAfter: Date } {
  const { profile, issuer, now, request } = context
  const rule = profile.validity
  const usualStart = rule.notBefore ?? subtractDuration(now, rule.backdate)
  const start = wishedStart(context) ?? usualStart
  const notBefore = issuer === undefined ? start : latest([start, issuer.notBefore])
  // notAfter is the last second that is valid (RFC 5280 section 4.1.2.5), so a year ends one second before its anniversary.
  const after = (length: Duration): Date => new Date(addDuration(latest([now, start]), length).getTime() - 1000)
  const usualEnd = rule.notAfter ?? after(rule.default ?? { months: 0, days: 1, milliseconds: 0 })
  const limit = rule.requester === 'up-to-maximum' && rule.maximum !== undefined ? after(rule.maximum) : usualEnd
  const end = wishedEnd(context, limit) ?? usualEnd
  const notAfter = issuer === undefined ? end : earliest([end, issuer.notAfter])
  if (notAfter <= now || notAfter <= notBefore) {
    const asked = request.notAfter ?? context.override.validity?.notAfter
    refuse(context, {
      code: 'issuer-expired',
      field,
      message: 'the certificate would have expired before it is issued',
      found: show(notAfter),
      allowed: `an end after ${show(latest([now, notBefore]))}`,
      fix: asked === undefined ? 'renew the certificate of the CA' : 'ask for a later end',
    })
  }
  return { notBefore, notAfter }
}

function wishedStart(context: Context): Date | undefined {
  const { request, override } = context
  if (override.validity?.notBefore !== undefined) return readMoment(context, override.validity.notBefore)
  if (request.notBefore === undefined) return undefined
  refuse(context, {
    code: 'validity-not-allowed',
    field: 'notBefore',
    message: 'a requester does not decide when a certificate begins',
    found: show(request.notBefore),
    fix: 'leave the beginning out',
  })
  return undefined
}

function wishedEnd(context: Context, limit: Date): Date | undefined {
  const { request, override, issuer, profile } = context
  const free = override.validity?.notAfter
  const wish = free ?? request.notAfter
  if (wish === undefined) return undefined
  const end = readMoment(context, wish)
  if (end === undefined) return undefined
  if (free === undefined && profile.validity.requester === 'nothing') {
    refuse(context, {
      code: 'validity-not-allowed',
      field: 'notAfter',
      message: 'a requester does not decide when a certificate ends',
      found: show(end),
      allowed: show(limit),
      fix: 'leave the end out',
    })
    return undefined
  }
  // Clocks differ, and a client may have taken the CA's own end: an hour beyond it is cut off without a word.
  const bounds = [...(free === undefined ? [limit] : []), ...(issuer === undefined ? [] : [issuer.notAfter])]
  const last = bounds.length === 0 ? end : earliest(bounds)
  if (end.getTime() <= last.getTime() + hourMs) return earliest([end, last])
  refuse(context, {
    code: 'validity-too-long',
    field: 'notAfter',
    message: `the end ${show(end)} is later than ${show(last)}`,
    found: show(end),
    allowed: `${show(last)} at the latest`,
    fix: 'ask for an earlier end, or for none',
  })
  return undefined
}

/** The moment in whole seconds; years beyond four digits cannot be written in a certificate. */
function readMoment(context: Context, date: Date): Date | undefined {
  if (!Number.isNaN(date.getTime()) && date.getUTCFullYear() >= 1950 && date.getUTCFullYear() <= 9999)
    return second(date)
  refuse(context, {
    code: 'validity-not-allowed',
    field,
    message: 'is not a moment between the years 1950 and 9999',
    allowed: 'a moment between the years 1950 and 9999',
    fix: 'ask for a moment that exists',
  })
  return undefined
}

/** The moment in whole seconds, as certificates count. */
export const wholeSeconds = second
