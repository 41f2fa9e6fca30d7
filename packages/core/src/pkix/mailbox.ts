import { CertwrightError } from '../errors.js'
import { toAsciiDomain } from './domain-name.js'
import { parseIpAddress } from './ip-address.js'
import { quoted } from './quote.js'

/** A mailbox, RFC 5321 section 4.1.2 and RFC 6531 section 3.3, with its domain as certificates carry it. */
export interface Mailbox {
  /** As written: the part before the `@` is never changed, not even in letter case. */
  readonly localPart: string
  /** Lower case, A-labels; or an address literal in brackets. */
  readonly domain: string
}

/** Octets of a local part, RFC 5321 section 4.5.3.1.1. */
const maxLocalPart = 64

/** `Dot-string` of RFC 5321, with the characters beyond ASCII that RFC 6531 adds. */
const dotString = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+)*$/u
/** `Quoted-string` of RFC 5321. */
const quotedString = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e\u0080-\u{10ffff}]|\\[\x20-\x7e])*"$/u
/** What has no place in an address that people compare by eye: controls, direction marks, a byte order mark. */
const unsafe = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

/**
 * Reads a mailbox: `user@example.org`, without a display name and without angle brackets. A domain of U-labels becomes
 * A-labels (RFC 9598 section 4).
 *
 * @throws CertwrightError `asn1` for text that is no mailbox.
 */
export function parseMailbox(text: string): Mailbox {
  const at = text.lastIndexOf('@')
  const localPart = text.slice(0, Math.max(0, at))
  const octets = new TextEncoder().encode(localPart.slice(0, maxLocalPart + 1)).length
  const wellFormed = octets <= maxLocalPart && (dotString.test(localPart) || quotedString.test(localPart))
  if (at < 1 || !wellFormed || unsafe.test(localPart)) {
    throw new CertwrightError('asn1', `${quoted(text.slice(0, 100))} is not a mailbox of the form user@example.org`)
  }
  return { localPart, domain: mailDomain(text.slice(at + 1)) }
}

/** The domain of a mailbox, or an address literal (RFC 5321 section 4.1.3). */
function mailDomain(text: string): string {
  const literal = /^\[(?:ipv6:([0-9a-f:.]{2,45})|([0-9.]{7,15}))\]$/i.exec(text)
  if (literal === null) return toAsciiDomain(text)
  const [, v6, v4] = literal
  const octets = parseIpAddress(v6 ?? v4 ?? '')
  if (octets.length !== (v6 === undefined ? 4 : 16)) {
    throw new CertwrightError('asn1', 'the address literal of a mailbox is of the other IP version')
  }
  return text
}
