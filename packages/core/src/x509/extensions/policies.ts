import {
  any,
  bmpString,
  choice,
  type Infer,
  ia5String,
  integer,
  objectIdentifier,
  optional,
  sequence,
  sequenceOf,
  utf8String,
  visibleString,
} from '../../asn1/index.js'

/** PolicyQualifierInfo, RFC 5280 section 4.2.1.4. `qualifier` is the whole element: see {@link CPSuri}, {@link UserNotice}. */
export const PolicyQualifierInfo = sequence({
  policyQualifierId: objectIdentifier,
  qualifier: any,
})
export type PolicyQualifierInfo = Infer<typeof PolicyQualifierInfo>

/** PolicyInformation, RFC 5280 section 4.2.1.4. */
export const PolicyInformation = sequence({
  policyIdentifier: objectIdentifier,
  policyQualifiers: optional(sequenceOf(PolicyQualifierInfo, { min: 1 })),
})
export type PolicyInformation = Infer<typeof PolicyInformation>

/** CertificatePolicies, RFC 5280 section 4.2.1.4. */
export const CertificatePolicies = sequenceOf(PolicyInformation, { min: 1 })
export type CertificatePolicies = Infer<typeof CertificatePolicies>

/** CPSuri, RFC 5280 section 4.2.1.4: qualifier of `policyOid.cps`. */
export const CPSuri = ia5String
export type CPSuri = Infer<typeof CPSuri>

/** DisplayText, RFC 5280 section 4.2.1.4. */
export const DisplayText = choice({
  ia5String,
  visibleString,
  bmpString,
  utf8String,
})
export type DisplayText = Infer<typeof DisplayText>

/** NoticeReference, RFC 5280 section 4.2.1.4. */
export const NoticeReference = sequence({
  organization: DisplayText,
  noticeNumbers: sequenceOf(integer),
})
export type NoticeReference = Infer<typeof NoticeReference>

/** UserNotice, RFC 5280 section 4.2.1.4: qualifier of `policyOid.userNotice`. */
export const UserNotice = sequence({
  noticeRef: optional(NoticeReference),
  explicitText: optional(DisplayText),
})
export type UserNotice = Infer<typeof UserNotice>
