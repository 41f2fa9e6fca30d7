import { CertwrightError } from '../errors.js'
import type {
  CertificateQuery,
  ChainedRecord,
  CrlIntent,
  CrlRecord,
  IssuanceIntent,
  JsonValue,
  RevocationReason,
  StatusChange,
} from '../ports/index.js'

/** Bounds that every store keeps, so that what one engine takes another takes too. Characters are UTF-16 code units. */
export const storeLimits = Object.freeze({
  /** Characters of an issuer's id, a `requestId`, a tag and the scope of a CRL. */
  id: 256,
  /** Characters of a profile, a requester, a collection and a key. */
  name: 512,
  /** Octets of a serial number (RFC 5280 section 4.1.2.2 allows 20; certificates that came in from elsewhere have more). */
  serial: 32,
  /** Octets of a record's value as JSON. */
  value: 1024 * 1024,
  /** Items of a page. */
  page: 1000,
  /** Names to look a certificate up by. */
  names: 1000,
  /** Tags of a certificate. */
  tags: 64,
  /** Characters of the id of an audit chain's node. */
  node: 128,
  /** Octets of the content of a record of an audit chain, in UTF-8. */
  chained: 256 * 1024,
})

const hexOctets = /^(?:[0-9a-f]{2})+$/

/**
 * Refuses an intent that not every engine could hold.
 *
 * @throws CertwrightError `limit` when a text is too long, `configuration` when a field is malformed.
 */
export function checkIntent(intent: IssuanceIntent): void {
  checkText('issuer', intent.issuer, 1, storeLimits.id)
  checkText('requestId', intent.requestId, 1, storeLimits.id)
  checkText('profile', intent.profile, 0, storeLimits.name)
  checkText('requester', intent.requester, 0, storeLimits.name)
  checkSerial(intent.serial)
  if (intent.previousSerial !== undefined) checkSerial(intent.previousSerial)
  checkDigest('requestDigest', intent.requestDigest)
  checkDigest('publicKeyDigest', intent.publicKeyDigest)
  if (intent.crlScope !== undefined) checkText('crlScope', intent.crlScope, 1, storeLimits.id)
  checkCount('names', intent.names ?? [], storeLimits.names)
  checkTags(intent.tags ?? [])
  for (const field of ['notBefore', 'notAfter', 'createdAt'] as const) checkDate(field, intent[field])
}

/**
 * Refuses a fingerprint that is not SHA-256 in lower-case hexadecimal, or an invalid date.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkIssued(issued: { readonly fingerprint: string; readonly issuedAt: Date }): void {
  checkDigest('fingerprint', issued.fingerprint)
  checkDate('issuedAt', issued.issuedAt)
}

/**
 * Refuses tags that are too many, empty, too long or there twice.
 *
 * @throws CertwrightError `limit`; `configuration` for a tag that is there twice.
 */
export function checkTags(tags: readonly string[]): void {
  checkCount('tags', tags, storeLimits.tags)
  for (const tag of tags) checkText('a tag', tag, 1, storeLimits.id)
  if (new Set(tags).size < tags.length) throw new CertwrightError('configuration', 'a tag is there twice')
}

/**
 * Refuses a change of status that names no status to start from, or a reason or date that fits into no CRL: recorded, it
 * would keep every later list from being made.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkChange(change: StatusChange): void {
  if (change.from.length === 0) {
    throw new CertwrightError('configuration', 'a change of status needs a status to start from')
  }
  if (change.to !== 'issued' && !isRevocationReason(change.reason)) {
    throw new CertwrightError('configuration', 'the reason of a revocation is none of RFC 5280 section 5.3.1')
  }
  checkCrlDate('at', change.at)
  if (change.to === 'revoked' && change.invalidityDate) checkCrlDate('invalidityDate', change.invalidityDate)
}

/** The reasons of a revocation. */
export const revocationReasons: readonly RevocationReason[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
]

/** Who calls may be a program without types. */
const isRevocationReason = (reason: string): boolean => revocationReasons.some((known) => known === reason)

function checkCrlDate(field: string, date: Date): void {
  checkDate(field, date)
  const year = date.getUTCFullYear()
  if (year < 1950 || year > 9999) throw new CertwrightError('configuration', `${field} is not between 1950 and 9999`)
}

/**
 * Refuses invalid dates in a query.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkQuery({ expiresBefore, validAt }: CertificateQuery): void {
  if (expiresBefore) checkDate('expiresBefore', expiresBefore)
  if (validAt) checkDate('validAt', validAt)
}

/**
 * Refuses a CRL that not every engine could hold.
 *
 * @throws CertwrightError `limit` when a text is too long, `configuration` for a number that is not a safe integer from 1
 *   or an invalid date.
 */
export function checkCrl(crl: CrlRecord | CrlIntent): void {
  checkText('issuer', crl.issuer, 1, storeLimits.id)
  checkText('scope', crl.scope ?? 'full', 1, storeLimits.id)
  checkText('sequence', crl.sequence ?? 'full', 1, storeLimits.id)
  checkText('position', crl.position ?? '', 0, storeLimits.id)
  checkCrlNumber(crl.number)
  checkDate('thisUpdate', crl.thisUpdate)
  checkDate('nextUpdate', crl.nextUpdate)
  if (crl.base === undefined) return
  checkCrlNumber(crl.base.number)
  checkDate('base.nextUpdate', crl.base.nextUpdate)
}

function checkCrlNumber(number: number): void {
  if (Number.isSafeInteger(number) && number >= 1) return
  throw new CertwrightError('configuration', 'the number of a CRL must be a safe integer from 1')
}

/** The sequence that a CRL is numbered in. */
export const crlSequence = ({ scope = 'full', sequence = scope }: Pick<CrlRecord, 'scope' | 'sequence'>): string =>
  sequence

/**
 * Refuses a collection or key that is empty or too long.
 *
 * @throws CertwrightError `limit`.
 */
export function checkRecordAddress(collection: string, key: string): void {
  checkText('collection', collection, 1, storeLimits.name)
  checkText('key', key, 1, storeLimits.name)
}

/**
 * The JSON text of a record's value.
 *
 * @throws CertwrightError `limit` when it has more than 1 MiB in UTF-8, `configuration` when it is not JSON.
 */
export function recordJson(value: JsonValue): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new CertwrightError('configuration', 'the value of a record must be JSON')
  const tooLong = text.length > storeLimits.value || new TextEncoder().encode(text).length > storeLimits.value
  if (tooLong) throw new CertwrightError('limit', `the value of a record has more than ${storeLimits.value} octets`)
  return text
}

/**
 * The size of a page.
 *
 * @throws CertwrightError `limit` unless it is an integer from 1 to 1000.
 */
export function pageLimit(limit: number | undefined, absent = 100): number {
  if (limit === undefined) return absent
  if (Number.isInteger(limit) && limit >= 1 && limit <= storeLimits.page) return limit
  throw new CertwrightError('limit', `the limit of a page must be an integer from 1 to ${storeLimits.page}`)
}

/**
 * Refuses an invalid date.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkDate(field: string, date: Date): void {
  if (Number.isNaN(date.getTime())) throw new CertwrightError('configuration', `${field} is not a valid date`)
}

/**
 * Refuses what cannot be appended to an audit chain: none or more than 1000 records, several nodes, a gap, a malformed id,
 * hash or content.
 *
 * @throws CertwrightError `limit` or `configuration`.
 */
export function checkChained(records: readonly ChainedRecord[]): void {
  const [first] = records
  if (first === undefined || records.length > storeLimits.page) {
    throw new CertwrightError('limit', `an audit chain takes 1 to ${storeLimits.page} records at a time`)
  }
  checkNode(first.node)
  for (const [i, { node, sequence, content, hash }] of records.entries()) {
    if (node !== first.node || sequence !== first.sequence + i || sequence < 1 || !Number.isSafeInteger(sequence)) {
      throw new CertwrightError('configuration', 'records of an audit chain must be of one node and without a gap')
    }
    checkDigest('hash', hash)
    // In UTF-8 a UTF-16 code unit has three octets at most: only what may be too long is counted.
    const tooLong = content.length * 3 > storeLimits.chained && utf8Length(content) > storeLimits.chained
    if (tooLong)
      throw new CertwrightError('limit', `a record of an audit chain has more than ${storeLimits.chained} octets`)
  }
}

/**
 * Refuses an id of a node of the audit chain that is empty, too long or holds another character than letters and digits of
 * ASCII, `.`, `_`, `:` and `-`.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkNode(node: string): void {
  if (/^[A-Za-z0-9._:-]{1,128}$/.test(node)) return
  throw new CertwrightError('configuration', 'the id of a node must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -')
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length

function checkCount(field: string, list: readonly string[], most: number): void {
  if (list.length > most) throw new CertwrightError('limit', `${field} must be ${most} at most`)
}

function checkText(field: string, text: string, shortest: number, longest: number): void {
  if (text.length >= shortest && text.length <= longest) return
  throw new CertwrightError('limit', `${field} must have ${shortest} to ${longest} characters`)
}

function checkSerial(serial: string): void {
  if (hexOctets.test(serial) && serial.length <= 2 * storeLimits.serial) return
  const octets = `1 to ${storeLimits.serial} octets`
  throw new CertwrightError('configuration', `a serial number must be ${octets} in lower-case hexadecimal`)
}

function checkDigest(field: string, digest: string): void {
  if (hexOctets.test(digest) && digest.length === 64) return
  throw new CertwrightError('configuration', `${field} must be SHA-256 in lower-case hexadecimal`)
}
