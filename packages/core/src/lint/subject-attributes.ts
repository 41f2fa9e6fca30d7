import { attributeText, type Name } from '../x509/index.js'

/** One attribute of a distinguished name. */
export interface NameAttribute {
  /** Object identifier of the type. */
  readonly type: string
  /** Tag octet of the value: which string type it has. */
  readonly tag: number
  /** `undefined` when the value is no string or has characters that its type has not. */
  readonly text: string | undefined
}

/** Tag octets of string types. */
export const stringTag = { utf8: 0x0c, printable: 0x13, ia5: 0x16 } as const

/** All attributes of a name, in their order. */
export function nameAttributes(name: Name): readonly NameAttribute[] {
  const attributes: NameAttribute[] = []
  for (const rdn of name) {
    for (const { type, value } of rdn) attributes.push({ type, tag: value[0] ?? 0, text: attributeText(value) })
  }
  return attributes
}
