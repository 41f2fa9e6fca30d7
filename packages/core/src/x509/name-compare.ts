import { toHex } from '../asn1/index.js'
import { attributeText } from './attribute-value.js'
import type { AttributeTypeAndValue, Name, RelativeDistinguishedName } from './name.js'
import { attributeOid } from './oids.js'
import { prepareString } from './string-prep.js'

/**
 * Whether two names are the same by RFC 5280 section 7.1: RDN by RDN, the attributes of an RDN in any order, texts
 * prepared by RFC 4518 (whatever their string type, letter case, composition and amount of white space), domain
 * components whatever the letter case of ASCII (section 7.3); other values octet by octet.
 */
export function equalNames(a: Name, b: Name): boolean {
  if (a.length !== b.length) return false
  return a.every((rdn, index) => rdn.length === b[index]?.length && rdnKey(rdn) === rdnKey(b[index] ?? []))
}

/**
 * A text for each RDN, equal for RDNs that are the same by RFC 5280 section 7.1.
 *
 * @internal
 */
export const comparableRdns = (name: Name): readonly string[] => name.map(rdnKey)

/** The attributes in an order of their own, quoted so that no text can look like two. */
function rdnKey(rdn: RelativeDistinguishedName): string {
  const keys = rdn.map(comparisonKey)
  return keys.length === 1 ? (keys[0] ?? '') : JSON.stringify(keys.sort())
}

/** Equal for equal attributes. The letter tells text, domain component and octets apart. */
function comparisonKey({ type, value }: AttributeTypeAndValue): string {
  const text = attributeText(value)
  if (text === undefined) return `${type}=#${toHex(value)}`
  return type === attributeOid.domainComponent ? `${type}=d${lowerAscii(text)}` : `${type}=t${prepareString(text)}`
}

/** Domain components are A-labels: RFC 5280 section 7.3 compares them as ASCII, so that no other letter folds to one. */
const lowerAscii = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
