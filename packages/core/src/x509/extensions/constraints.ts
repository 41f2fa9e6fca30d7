import {
  boolean,
  constrained,
  defaulted,
  type Infer,
  implicit,
  objectIdentifier,
  optional,
  sequence,
  sequenceOf,
  smallInteger,
} from '../../asn1/index.js'
import { GeneralName } from '../../pkix/general-name.js'

const notNegative = constrained(smallInteger, (value) => value >= 0, '0 or more')

/** BasicConstraints, RFC 5280 section 4.2.1.9. */
export const BasicConstraints = sequence({
  cA: defaulted(boolean, false),
  pathLenConstraint: optional(notNegative),
})
export type BasicConstraints = Infer<typeof BasicConstraints>

/** GeneralSubtree, RFC 5280 section 4.2.1.10. PKIX allows `minimum` 0 and no `maximum`. */
export const GeneralSubtree = sequence({
  base: GeneralName,
  minimum: defaulted(implicit(0, notNegative), 0),
  maximum: optional(implicit(1, notNegative)),
})
export type GeneralSubtree = Infer<typeof GeneralSubtree>

/** GeneralSubtrees, RFC 5280 section 4.2.1.10. */
export const GeneralSubtrees = sequenceOf(GeneralSubtree, { min: 1 })
export type GeneralSubtrees = Infer<typeof GeneralSubtrees>

/** NameConstraints, RFC 5280 section 4.2.1.10. */
export const NameConstraints = sequence({
  permittedSubtrees: optional(implicit(0, GeneralSubtrees)),
  excludedSubtrees: optional(implicit(1, GeneralSubtrees)),
})
export type NameConstraints = Infer<typeof NameConstraints>

/** PolicyConstraints, RFC 5280 section 4.2.1.11. The numbers count certificates. */
export const PolicyConstraints = sequence({
  requireExplicitPolicy: optional(implicit(0, notNegative)),
  inhibitPolicyMapping: optional(implicit(1, notNegative)),
})
export type PolicyConstraints = Infer<typeof PolicyConstraints>

/** InhibitAnyPolicy, RFC 5280 section 4.2.1.14: how many further certificates may still use anyPolicy. */
export const InhibitAnyPolicy = notNegative
export type InhibitAnyPolicy = Infer<typeof InhibitAnyPolicy>

/** PolicyMappings, RFC 5280 section 4.2.1.5. */
export const PolicyMappings = sequenceOf(
  sequence({
    issuerDomainPolicy: objectIdentifier,
    subjectDomainPolicy: objectIdentifier,
  }),
  { min: 1 },
)
export type PolicyMappings = Infer<typeof PolicyMappings>
