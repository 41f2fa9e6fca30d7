import { toHex } from '../asn1/index.js'
import { type AttributeType, attributeTypeByOid } from './attribute-types.js'
import { attributeText, fitsSyntax } from './attribute-value.js'
import type { AttributeTypeAndValue, Name } from './name.js'

/**
 * The text forms of a name. `parseName` reads them all.
 *
 * | style | example |
 * |---|---|
 * | `compact` | `CN=device,OU=a+OU=b,O=Acme`: RFC 4514 with the names of `attributeTypes` |
 * | `strict` | the same, but types that RFC 4514 section 3 does not name are dotted, and their values hexadecimal |
 * | `readable` | `CN=device, OU=a + OU=b, O=Acme` |
 * | `slash` | `/O=Acme/OU=a+OU=b/CN=device`: the root first, as the options of openssl want it |
 */
export type NameStyle = 'compact' | 'strict' | 'readable' | 'slash'

/** How names are written. */
export interface FormatNameOptions {
  /** `compact` when absent. */
  readonly style?: NameStyle
}

/** The types that every reader of RFC 4514 knows (section 3). */
const everyonesTypes: ReadonlySet<string> = new Set(['CN', 'L', 'ST', 'O', 'OU', 'C', 'STREET', 'DC', 'UID'])

/**
 * The text form of a name, RFC 4514 section 2: the last RDN first, `CN=device,O=Acme`. Types without a name are dotted
 * and their values, like all that are not text or that `parseName` would not make, are the hexadecimal of the element:
 * `1.2.3=#0c0141`.
 */
export function formatName(name: Name, { style = 'compact' }: FormatNameOptions = {}): string {
  const plus = style === 'readable' ? ' + ' : '+'
  const rdns = name.map((rdn) => rdn.map((attribute) => formatAttribute(attribute, style)).join(plus))
  if (style === 'slash') return rdns.map((rdn) => `/${rdn}`).join('')
  return rdns.reverse().join(style === 'readable' ? ', ' : ',')
}

function formatAttribute({ type, value }: AttributeTypeAndValue, style: NameStyle): string {
  const known = namedType(type, style)
  const text = known === undefined ? undefined : attributeText(value)
  if (text === undefined || (known !== undefined && !fitsSyntax(known.syntax, text))) {
    return `${known?.names[0] ?? type}=#${toHex(value)}`
  }
  const escaped = escapeText(text)
  return `${known?.names[0]}=${style === 'slash' ? escaped.replaceAll('/', '\\/') : escaped}`
}

function namedType(type: string, style: NameStyle): AttributeType | undefined {
  const known = attributeTypeByOid(type)
  return style === 'strict' && !everyonesTypes.has(known?.names[0] ?? '') ? undefined : known
}

/** Characters with a meaning in the text form, and controls, which would let a name draw its own line in a log. */
const special = /["+,;<>\\]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

function escapeText(text: string): string {
  const escaped = text.replaceAll(special, (character) =>
    character.length === 1 && character > ' ' && character < '\u007f' ? `\\${character}` : hexPairs(character),
  )
  const start = text.startsWith(' ') || text.startsWith('#') ? `\\${escaped}` : escaped
  return text.length > 1 && text.endsWith(' ') ? `${start.slice(0, -1)}\\ ` : start
}

const hexPairs = (character: string): string =>
  [...new TextEncoder().encode(character)].map((octet) => `\\${toHex(Uint8Array.of(octet))}`).join('')
