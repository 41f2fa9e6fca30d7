import { any, type Infer, objectIdentifier, sequence, setOf } from '../asn1/index.js'

/** Attribute, RFC 2986 section 4.1 and RFC 5280 appendix A.1. `values` are whole elements, undecoded. */
export const Attribute = sequence({
  type: objectIdentifier,
  values: setOf(any, { min: 1 }),
})
export type Attribute = Infer<typeof Attribute>
