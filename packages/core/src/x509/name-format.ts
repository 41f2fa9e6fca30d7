import { toHex } from '../asn1/index.js'
import { attributeTypeByOid } from './attribute-types.js'
import { attributeText } from './attribute-value.js'
import type { AttributeTypeAndValue, Name } from './name.js'

/**
 * The text form of a name, RFC 4514 section 2: the last RDN first, `CN=device,O=Acme`. Types without a name are dotted
 * and their values, like all that are not text, are the hexadecimal of the element: `1.2.3=#0c0141`.
 */
export function formatName(name: Name): string {
  return name
    .map((rdn) => rdn.map(formatAttribute).join('+'))
    .reverse()
    .join(',')
}

function formatAttribute({ type, value }: AttributeTypeAndValue): string {
  const known = attributeTypeByOid(type)
  const text = known === undefined ? undefined : attributeText(value)
  if (text === undefined) return `${known?.names[0] ?? type}=#${toHex(value)}`
  return `${known?.names[0]}=${escapeText(text)}`
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
