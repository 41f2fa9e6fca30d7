import type { GeneralName } from '../pkix/index.js'
import { attributeOid, attributeText, type Name } from '../x509/index.js'

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
const maxAttributes = 50
/** Longest value of an attribute without a bound of its own, in characters. */
const maxValue = 1024

/** Control characters and the marks that reorder text: they make a name read as another one. */
const unsafeCharacters = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u

/** What is wrong with the attribute values of a name, one sentence a fault. */
export function nameValueFaults(name: Name): string[] {
  const attributes = name.flat()
  if (attributes.length > maxAttributes)
    return [`has ${attributes.length} attributes; at most ${maxAttributes} are allowed`]
  return attributes.flatMap(({ type, value }) => {
    const text = attributeText(value)
    return text === undefined ? [] : attributeFaults(type, text)
  })
}

function attributeFaults(type: string, text: string): string[] {
  const length = [...text].length
  const bound = upperBounds.get(type) ?? maxValue
  if (length === 0) return [`attribute ${type} is empty`]
  if (unsafeCharacters.test(text)) return [`attribute ${type} holds a control or text direction character`]
  if (length > bound) return [`attribute ${type} has ${length} characters; at most ${bound} are allowed`]
  if (type === attributeOid.countryName && !/^[A-Za-z]{2}$/.test(text)) return ['countryName is not a two-letter code']
  return []
}

/** What is wrong with one subject alternative name, in no or one sentence. */
export function generalNameFaults(name: GeneralName): string[] {
  switch (name.type) {
    case 'dNSName':
      return isHostName(name.value) ? [] : ['a dNSName is not a host name (RFC 1123 section 2.1)']
    case 'iPAddress':
      return name.value.length === 4 || name.value.length === 16 ? [] : ['an iPAddress is neither 4 nor 16 octets long']
    case 'rfc822Name':
      return isMailbox(name.value) ? [] : ['an rfc822Name is not a mailbox (RFC 5280 section 4.2.1.6)']
    case 'uniformResourceIdentifier':
      return isAbsoluteUri(name.value) ? [] : ['a uniformResourceIdentifier is not an absolute URI (RFC 3986)']
    case 'directoryName':
      return name.value.length === 0 ? ['a directoryName is empty'] : nameValueFaults(name.value)
    default:
      return []
  }
}

const label = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/

/** Letters, digits and hyphens; a single `*` may stand for the first label of at least three (RFC 6125 section 6.4.3). */
function isHostName(text: string): boolean {
  if (text.length > 253) return false
  const labels = text.split('.')
  const [first, ...rest] = labels
  if (first === '*') return rest.length >= 2 && rest.every((part) => label.test(part))
  return labels.every((part) => label.test(part))
}

const isMailbox = (text: string): boolean => {
  const at = text.lastIndexOf('@')
  return at > 0 && at <= 64 && !/[\s<>()[\]\\,;:]/.test(text.slice(0, at)) && isHostName(text.slice(at + 1))
}

const isAbsoluteUri = (text: string): boolean =>
  text.length <= 2048 && /^[A-Za-z][A-Za-z0-9+.-]*:[!#$&-;=?-[\]_a-z~%]+$/.test(text)
