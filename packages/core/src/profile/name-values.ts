import { CertwrightError } from '../errors.js'
import {
  type GeneralName,
  type OtherName,
  parseMailbox,
  readOtherName,
  toAsciiDomain,
  toAsciiUri,
} from '../pkix/index.js'
import { attributeOid, attributeText, type Name, oidName } from '../x509/index.js'

/** Longest value in characters of the attributes that RFC 5280 appendix A.1 bounds. */
const upperBounds: ReadonlyMap<string, number> = new Map([
  [attributeOid.commonName, 64],
  [attributeOid.serialNumber, 64],
  [attributeOid.localityName, 128],
  [attributeOid.stateOrProvinceName, 128],
  [attributeOid.organizationName, 64],
  [attributeOid.organizationalUnitName, 64],
  [attributeOid.title, 64],
  [attributeOid.emailAddress, 255],
])

/** More attributes than any real name has. */
export const maxAttributes = 50
/** Longest value of an attribute without a bound of its own, in characters. */
const maxValue = 1024
/** Octets of a value that is not text. */
const maxOctets = 4096

/** Control characters and the marks that reorder text: they make a name read as another one. */
const unsafeCharacters =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\u{e0000}-\u{e007f}]/u

/** What is wrong with a value: a sentence, what was found, and what is allowed. */
export interface ValueFault {
  readonly message: string
  readonly found?: string
  readonly allowed?: string
}

/**
 * What is wrong with the attribute values of a name, one fault each.
 *
 * @param bounds other lengths than the usual ones, by object identifier
 */
export function nameValueFaults(name: Name, bounds: ReadonlyMap<string, number | undefined> = new Map()): ValueFault[] {
  const attributes = name.flat()
  if (attributes.length > maxAttributes)
    return [{ message: `has ${attributes.length} attributes; at most ${maxAttributes} are allowed` }]
  return attributes.flatMap(({ type, value }) => {
    if (value.length > maxOctets) return [{ message: `attribute ${labelOf(type)} has more than ${maxOctets} octets` }]
    const text = attributeText(value)
    return text === undefined ? [] : attributeFaults(type, text, bounds.get(type))
  })
}

const labelOf = (type: string): string => oidName(type) ?? type

function attributeFaults(type: string, text: string, given: number | undefined): ValueFault[] {
  const length = [...text].length
  const bound = given ?? upperBounds.get(type) ?? maxValue
  const label = labelOf(type)
  if (length === 0) return [{ message: `attribute ${label} is empty` }]
  if (unsafeCharacters.test(text)) {
    return [{ message: `attribute ${label} holds a control, invisible or text direction character`, found: text }]
  }
  if (length > bound) {
    const message = `attribute ${label} has ${length} characters; at most ${bound} are allowed`
    return [{ message, found: `${length} characters`, allowed: `at most ${bound} characters` }]
  }
  if (type === attributeOid.countryName && !/^[A-Za-z]{2}$/.test(text)) {
    return [{ message: 'countryName is not a two-letter code', found: text, allowed: 'two letters, ISO 3166' }]
  }
  return []
}

const passes = (test: () => unknown): boolean => {
  try {
    test()
    return true
  } catch (error) {
    if (error instanceof CertwrightError) return false
    throw error
  }
}

/** What is wrong with one subject alternative name, none or one fault. */
export function generalNameFaults(name: GeneralName): ValueFault[] {
  switch (name.type) {
    case 'dNSName':
      if (isHostName(name.value)) return []
      return [
        {
          message: 'a dNSName is not a host name (RFC 1123 section 2.1, RFC 5890)',
          found: name.value,
          allowed: 'a host name',
        },
      ]
    case 'iPAddress':
      if (name.value.length === 4 || name.value.length === 16) return []
      return [
        {
          message: 'an iPAddress is neither 4 nor 16 octets long',
          found: `${name.value.length} octets`,
          allowed: '4 or 16 octets',
        },
      ]
    case 'rfc822Name':
      if (passes(() => parseMailbox(name.value))) return []
      return [
        {
          message: 'an rfc822Name is not a mailbox (RFC 5280 section 4.2.1.6)',
          found: name.value,
          allowed: 'user@example.org',
        },
      ]
    case 'uniformResourceIdentifier':
      if (isAbsoluteUri(name.value)) return []
      return [
        {
          message: 'a uniformResourceIdentifier is not an absolute URI (RFC 3986)',
          found: name.value,
          allowed: 'an absolute URI',
        },
      ]
    case 'directoryName':
      return name.value.length === 0 ? [{ message: 'a directoryName is empty' }] : nameValueFaults(name.value)
    case 'otherName':
      return otherNameFaults(name.value)
    case 'x400Address':
    case 'ediPartyName':
      return [{ message: `a name of kind ${name.type} is not certified: no software reads it`, found: name.type }]
    default:
      return []
  }
}

/** Values of known types are what they say, and texts among them have no characters that deceive; others are not looked into. */
function otherNameFaults(name: OtherName): ValueFault[] {
  if (name.value.length > maxOctets) return [{ message: `an otherName has more than ${maxOctets} octets` }]
  try {
    const known = readOtherName(name)
    if (typeof known?.value !== 'string' || !unsafeCharacters.test(known.value)) return []
    const message = `the ${known.type} of an otherName holds a control, invisible or text direction character`
    return [{ message, found: known.value }]
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
    return [{ message: `an otherName is not of its type ${name.typeId}`, allowed: 'a value of that type' }]
  }
}

/** A host name; a single `*` may stand for the first label of at least three (RFC 6125 section 6.4.3). */
function isHostName(text: string): boolean {
  if (text.startsWith('*.') && text.split('.').length < 3) return false
  return passes(() => toAsciiDomain(text, { wildcard: true }))
}

const isAbsoluteUri = (text: string): boolean =>
  text.length <= 2048 && /^[A-Za-z][A-Za-z0-9+.-]*:[!#$&-;=?-[\]_a-z~%]+$/.test(text) && passes(() => toAsciiUri(text))
