import { CertwrightError } from '../errors.js'
import { isRightToLeft } from './idna-bidi.js'
import { foldCharacter, labelFault } from './idna-label.js'
import { decodePunycode, encodePunycode } from './punycode.js'
import { quoted } from './quote.js'

/** Octets of a label, and characters of a whole name without the root's dot (RFC 1035 section 2.3.4). */
const maxLabel = 63
const maxName = 253

/** What else than host names a domain name in a certificate can be. */
export interface DomainNameOptions {
  /** Allows `*` as the first of at least two labels (RFC 9525 section 6.3). */
  readonly wildcard?: boolean
  /** Allows a dot before the first label: the form of name constraints on URIs and mail (RFC 5280 section 4.2.1.10). */
  readonly leadingDot?: boolean
}

/** What most names are, none of which is mapped or refused: letters, digits and inner hyphens, and no number at the end. */
const plain = /^(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?!..--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

const malformed = (text: string, why: string): CertwrightError =>
  new CertwrightError('asn1', `${quoted(text.slice(0, 100))} is not a domain name: ${why}`)

/**
 * A domain name as certificates carry it: lower-case letters, digits and hyphens, other labels as A-labels of IDNA2008
 * (RFC 5890, RFC 9549 section 2). Text is mapped as RFC 5895 says: lower case, width, the ideographic full stops. A label
 * that comes as an A-label must be one: it decodes to a valid U-label that encodes to it.
 *
 * @example
 * ```ts
 * import { toAsciiDomain } from '@certwright/core/pkix'
 *
 * toAsciiDomain('Bücher.example') // 'xn--bcher-kva.example'
 * ```
 *
 * @throws CertwrightError `asn1` for text that is no domain name. IP addresses are none, nor are names that end in a dot.
 */
export function toAsciiDomain(text: string, { wildcard = false, leadingDot = false }: DomainNameOptions = {}): string {
  if (text.length <= maxName && plain.test(text)) return text.toLowerCase()
  // A label of 63 octets has at most 59 characters, each at most two units long.
  if (text.length > 2 * maxName) throw malformed(text, 'it is too long')
  const prefix = wildcard && text.startsWith('*.') ? '*.' : leadingDot && text.startsWith('.') ? '.' : ''
  const labels = mapText(text.slice(prefix.length)).split('.')
  const unicode = labels.map((label) => unicodeLabel(text, label))
  const bidi = unicode.some(isRightToLeft)
  const ascii = unicode.map((label) => asciiLabel(text, label, bidi)).join('.')
  // The last label of an IPv4 address, in any of the forms that URL parsers take for one.
  if (/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(ascii)) throw malformed(text, 'its last label is a number')
  if (prefix.length + ascii.length > maxName) throw malformed(text, `it has more than ${maxName} characters`)
  return prefix + ascii
}

/** Mapping of input before the check, RFC 5895 section 2, with compatibility forms as UTS 46 maps them. */
function mapText(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  const dotted = text.replaceAll(/[\u3002\uff0e\uff61]/g, '.')
  const fold = (part: string): string => Array.from(part, foldCharacter).join('')
  const mapped = fold(fold(dotted).normalize('NFKC'))
  // A character that becomes a dot would make two labels of one.
  if (mapped.split('.').length !== dotted.split('.').length) throw malformed(text, 'a character stands for a dot')
  return mapped.normalize('NFC')
}

function unicodeLabel(text: string, label: string): string {
  if (!label.startsWith('xn--')) return label
  const decoded = decodeALabel(label)
  if (decoded === undefined) throw malformed(text, `${label} is not an A-label`)
  return decoded
}

/** The text of an A-label in lower case, which may still be no valid U-label. */
function decodeALabel(label: string): string | undefined {
  const decoded = label.startsWith('xn--') && label.length <= maxLabel ? decodePunycode(label.slice(4)) : undefined
  if (decoded === undefined || isAscii(decoded)) return undefined
  return `xn--${encodePunycode(decoded)}` === label ? decoded : undefined
}

function asciiLabel(text: string, label: string, bidi: boolean): string {
  if (label === '') throw malformed(text, 'it has an empty label')
  if (label.length > 2 * maxLabel) throw malformed(text, `a label has more than ${maxLabel} octets`)
  const ascii = isAscii(label)
  // Two hyphens in these places are kept for encodings like A-labels (RFC 5891 section 4.2.3.1), but old names have them.
  const fault = ascii && !bidi ? hostLabelFault(label) : labelFault(label, bidi)
  if (fault !== undefined) throw malformed(text, `the label ${quoted(label)} ${fault}`)
  const encoded = ascii ? label : `xn--${encodePunycode(label)}`
  if (encoded.length > maxLabel) throw malformed(text, `a label has more than ${maxLabel} octets`)
  return encoded
}

const hostLabelFault = (label: string): string | undefined =>
  /^(?!-)[a-z0-9-]+(?<!-)$/.test(label) ? undefined : 'has other characters than letters, digits and inner hyphens'

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)

/**
 * A domain name for people: A-labels as the U-labels they stand for. Labels that only look like A-labels stay as they
 * are, so any text comes back as text. For a display that no name can deceive, see `displayDomain`.
 */
export const toUnicodeDomain = (domain: string): string => mapLabels(domain, () => true)

/** A domain name in the form in which it is compared: A-labels in lower case, as far as it is a domain name. @internal */
export function comparableDomain(domain: string): string {
  try {
    return toAsciiDomain(domain)
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
    return domain.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  }
}

/** @internal Shows as U-labels those that `allows` accepts, and the others as A-labels. */
export function mapLabels(domain: string, allows: (label: string) => boolean): string {
  if (domain.length > maxName) return domain
  const labels = domain.split('.')
  const unicode = labels.map((label) => decodeALabel(label.toLowerCase()) ?? label)
  const bidi = unicode.some(isRightToLeft)
  return unicode
    .map((label, index) => {
      const given = labels[index] ?? label
      if (isAscii(label)) return given
      const shown = label === given || labelFault(label, bidi) === undefined
      return shown && allows(label) ? label : isAscii(given) ? given : `xn--${encodePunycode(given)}`
    })
    .join('.')
}
