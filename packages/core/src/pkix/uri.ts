import { CertwrightError } from '../errors.js'
import { toAsciiDomain } from './domain-name.js'
import { quoted } from './quote.js'

/** Longer than any URI that software accepts. */
const maxLength = 8192

const malformed = (text: string, why: string): CertwrightError =>
  new CertwrightError('asn1', `${quoted(text.slice(0, 100))} is not an absolute URI: ${why}`)

/**
 * An absolute URI as certificates carry it (RFC 3986, RFC 5280 section 4.2.1.6). An IRI becomes one by RFC 3987 section
 * 3.1: the host as A-labels, other characters beyond ASCII as percent-encoded UTF-8, not normalized. ASCII stays as it is.
 *
 * @throws CertwrightError `asn1` for relative references and for characters that a URI cannot have.
 */
export function toAsciiUri(text: string): string {
  if (text.length > maxLength) throw malformed(text, `it has more than ${maxLength} characters`)
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text)?.[0]
  if (scheme === undefined || scheme === text) throw malformed(text, 'it has no scheme, or nothing behind it')
  const rest = text.slice(scheme.length)
  const authority = rest.startsWith('//') ? (/^\/\/[^/?#]*/.exec(rest)?.[0] ?? '') : ''
  const uri = scheme + asciiAuthority(authority) + percentEncoded(rest.slice(authority.length))
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) throw malformed(text, 'a percent sign is not followed by two hexadecimal digits')
  // Brackets only ever enclose an IPv6 address.
  if (/[^\w!#$%&'()*+,./:;=?@~[\]-]/.test(uri)) throw malformed(text, 'it has a character that must be percent-encoded')
  return uri
}

/**
 * A URI in the form in which it is compared: scheme and host in lower case, all else as it is (RFC 5280 section 7.4).
 *
 * @internal
 */
export function comparableUri(uri: string): string {
  const [, scheme, user = '', host = '', rest = ''] = /^([^:/?#]+:\/\/)([^@/?#]*@)?([^/?#]*)(.*)$/s.exec(uri) ?? []
  if (scheme === undefined) return uri.replace(/^[^:/?#]+:/, (found) => found.toLowerCase())
  return scheme.toLowerCase() + user + host.toLowerCase() + rest
}

function asciiAuthority(authority: string): string {
  if (/^\p{ASCII}*$/u.test(authority)) return authority
  const at = authority.lastIndexOf('@')
  const start = at < 0 ? 2 : at + 1
  const port = /:\d*$/.exec(authority)?.[0] ?? ''
  const host = authority.slice(start, authority.length - port.length)
  return percentEncoded(authority.slice(0, start)) + (/^\p{ASCII}*$/u.test(host) ? host : toAsciiDomain(host)) + port
}

const percentEncoded = (text: string): string =>
  text.replaceAll(/[^\p{ASCII}\p{Cs}]+/gu, (characters) => encodeURIComponent(characters))
