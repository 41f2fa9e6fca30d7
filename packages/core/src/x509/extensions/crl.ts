import {
  boolean,
  constrained,
  defaulted,
  enumerated,
  explicit,
  generalizedTime,
  type Infer,
  implicit,
  integer,
  objectIdentifier,
  optional,
  sequence,
} from '../../asn1/index.js'
import { GeneralNames } from '../../pkix/general-name.js'
import { DistributionPointName, ReasonFlags } from './publication.js'

/** CRLNumber, RFC 5280 section 5.2.3: at most 20 octets, never negative. */
export const CRLNumber = constrained(integer, (value) => value >= 0n, '0 or more')
export type CRLNumber = Infer<typeof CRLNumber>

/** BaseCRLNumber, the value of deltaCRLIndicator, RFC 5280 section 5.2.4. */
export const BaseCRLNumber = CRLNumber
export type BaseCRLNumber = Infer<typeof BaseCRLNumber>

/** IssuingDistributionPoint, RFC 5280 section 5.2.5. */
export const IssuingDistributionPoint = sequence({
  distributionPoint: optional(explicit(0, DistributionPointName)),
  onlyContainsUserCerts: defaulted(implicit(1, boolean), false),
  onlyContainsCACerts: defaulted(implicit(2, boolean), false),
  onlySomeReasons: optional(implicit(3, ReasonFlags)),
  indirectCRL: defaulted(implicit(4, boolean), false),
  onlyContainsAttributeCerts: defaulted(implicit(5, boolean), false),
})
export type IssuingDistributionPoint = Infer<typeof IssuingDistributionPoint>

/** CRLReason, RFC 5280 section 5.3.1. The number 7 is not used. */
export const CRLReason = enumerated({
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
})
export type CRLReason = Infer<typeof CRLReason>

/** InvalidityDate, RFC 5280 section 5.3.2. */
export const InvalidityDate = generalizedTime
export type InvalidityDate = Infer<typeof InvalidityDate>

/** CertificateIssuer, RFC 5280 section 5.3.3: whose certificate an entry of an indirect CRL is. */
export const CertificateIssuer = GeneralNames
export type CertificateIssuer = Infer<typeof CertificateIssuer>

/** HoldInstructionCode, RFC 3280 section 5.3.2. */
export const HoldInstructionCode = objectIdentifier
export type HoldInstructionCode = Infer<typeof HoldInstructionCode>

/**
 * ExpiredCertsOnCRL, X.509 section 9.5.2.8: the list holds certificates that have expired since this moment (and those that
 * expire later).
 */
export const ExpiredCertsOnCRL = generalizedTime
export type ExpiredCertsOnCRL = Infer<typeof ExpiredCertsOnCRL>
