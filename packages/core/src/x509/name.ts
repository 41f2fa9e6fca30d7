import { any, type Infer, objectIdentifier, sequence, sequenceOf, setOf } from '../asn1/index.js'

/** AttributeTypeAndValue, RFC 5280 section 4.1.2.4. `value` is the whole element: which string type it is matters. */
export const AttributeTypeAndValue = sequence({
  type: objectIdentifier,
  value: any,
})
export type AttributeTypeAndValue = Infer<typeof AttributeTypeAndValue>

/** RelativeDistinguishedName, RFC 5280 section 4.1.2.4: one attribute, seldom more. */
export const RelativeDistinguishedName = setOf(AttributeTypeAndValue, { min: 1 })
export type RelativeDistinguishedName = Infer<typeof RelativeDistinguishedName>

/**
 * Name, RFC 5280 section 4.1.2.4: its only alternative, RDNSequence, from the root of the directory downwards (the
 * opposite order of the text form). An empty array is the empty name.
 */
export const Name = sequenceOf(RelativeDistinguishedName)
export type Name = Infer<typeof Name>
