import {
  Asn1Error,
  bmpString,
  ia5String,
  numericString,
  printableString,
  type Schema,
  teletexString,
  universalString,
  utf8String,
  visibleString,
} from '../asn1/index.js'
import type { AttributeSyntax } from './attribute-types.js'

/** String types that an attribute value can have, by their tag octet. */
const stringTypes: ReadonlyMap<number | undefined, Schema<string>> = new Map([
  [0x0c, utf8String],
  [0x12, numericString],
  [0x13, printableString],
  [0x14, teletexString],
  [0x16, ia5String],
  [0x1a, visibleString],
  [0x1c, universalString],
  [0x1e, bmpString],
])

/** The text of an attribute value (a whole element) of any string type; `undefined` for other types and malformed text. */
export function attributeText(value: Uint8Array): string | undefined {
  const schema = stringTypes.get(value[0])
  if (schema === undefined) return undefined
  try {
    return schema.decode(value)
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

const bySyntax: Readonly<Record<AttributeSyntax, Schema<string>>> = {
  utf8: utf8String,
  printable: printableString,
  ia5: ia5String,
}

/**
 * The element that holds a text in the string type of a syntax.
 *
 * @throws Asn1Error when the text has characters that the type has not.
 */
export const encodeAttributeText = (syntax: AttributeSyntax, text: string): Uint8Array => bySyntax[syntax].encode(text)

/**
 * Whether a text has only characters of the string type of a syntax.
 *
 * @internal
 */
export function fitsSyntax(syntax: AttributeSyntax, text: string): boolean {
  if (syntax === 'utf8') return true
  try {
    encodeAttributeText(syntax, text)
    return true
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}
