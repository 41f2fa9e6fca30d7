import { toHex } from '../asn1/index.js'
import { attributeText } from './attribute-value.js'
import type { AttributeTypeAndValue, Name } from './name.js'

/**
 * Whether two names are the same by RFC 5280 section 7.1: RDN by RDN, the attributes of an RDN in any order, texts
 * whatever their string type, letter case and amount of white space; other values octet by octet.
 */
export function equalNames(a: Name, b: Name): boolean {
  if (a.length !== b.length) return false
  return a.every((rdn, index) => {
    const other = b[index] ?? []
    if (rdn.length !== other.length) return false
    const keys = rdn.map(comparisonKey).sort()
    const otherKeys = other.map(comparisonKey).sort()
    return keys.every((key, position) => key === otherKeys[position])
  })
}

/** Equal for equal attributes. The letter tells prepared text from octets. */
function comparisonKey({ type, value }: AttributeTypeAndValue): string {
  const text = attributeText(value)
  return text === undefined ? `${type}=#${toHex(value)}` : `${type}=t${prepare(text)}`
}

/** Characters that RFC 4518 section 2.2 maps to nothing: formats, variation selectors, the object replacement. */
const ignored = /\p{Cf}|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|\ufffc/gu

/** String preparation of RFC 4518 for caseIgnoreMatch: map, normalize, fold case, collapse white space. */
function prepare(text: string): string {
  const mapped = text
    .replaceAll(ignored, '')
    .replaceAll(/[\s\u0085]+/gu, ' ')
    .replaceAll(/\p{Cc}/gu, '')
  const folded = foldCase(mapped.normalize('NFKC')).normalize('NFKC')
  return folded.replaceAll(/\s+/gu, ' ').trim()
}

/** Case folding of RFC 3454 table B.2: lower case, with the two letters that lower case alone does not bring together. */
function foldCase(text: string): string {
  let folded = ''
  for (const character of text) folded += character.toLowerCase()
  return folded.replaceAll('\u00df', 'ss').replaceAll('\u03c2', '\u03c3')
}
