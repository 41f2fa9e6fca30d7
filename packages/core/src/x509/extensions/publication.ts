import {
  choice,
  explicit,
  type Infer,
  implicit,
  namedBits,
  objectIdentifier,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.js'
import { GeneralName, GeneralNames } from '../../pkix/general-name.js'
import { RelativeDistinguishedName } from '../name.js'

/** DistributionPointName, RFC 5280 section 4.2.1.13. */
export const DistributionPointName = choice({
  fullName: implicit(0, GeneralNames),
  nameRelativeToCRLIssuer: implicit(1, RelativeDistinguishedName),
})
export type DistributionPointName = Infer<typeof DistributionPointName>

/** ReasonFlags, RFC 5280 section 4.2.1.13. */
export const ReasonFlags = namedBits([
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
])
export type ReasonFlags = Infer<typeof ReasonFlags>

/** DistributionPoint, RFC 5280 section 4.2.1.13. */
export const DistributionPoint = sequence({
  distributionPoint: optional(explicit(0, DistributionPointName)),
  reasons: optional(implicit(1, ReasonFlags)),
  cRLIssuer: optional(implicit(2, GeneralNames)),
})
export type DistributionPoint = Infer<typeof DistributionPoint>

/** CRLDistributionPoints, RFC 5280 section 4.2.1.13. */
export const CRLDistributionPoints = sequenceOf(DistributionPoint, { min: 1 })
export type CRLDistributionPoints = Infer<typeof CRLDistributionPoints>

/** FreshestCRL, RFC 5280 sections 4.2.1.15 and 5.2.6. */
export const FreshestCRL = CRLDistributionPoints
export type FreshestCRL = Infer<typeof FreshestCRL>

/** AccessDescription, RFC 5280 section 4.2.2.1; methods are in `accessMethodOid`. */
export const AccessDescription = sequence({
  accessMethod: objectIdentifier,
  accessLocation: GeneralName,
})
export type AccessDescription = Infer<typeof AccessDescription>

/** AuthorityInfoAccessSyntax, RFC 5280 section 4.2.2.1. */
export const AuthorityInfoAccess = sequenceOf(AccessDescription, { min: 1 })
export type AuthorityInfoAccess = Infer<typeof AuthorityInfoAccess>

/** SubjectInfoAccessSyntax, RFC 5280 section 4.2.2.2. */
export const SubjectInfoAccess = AuthorityInfoAccess
export type SubjectInfoAccess = Infer<typeof SubjectInfoAccess>
