export {
  BasicConstraints,
  GeneralSubtree,
  GeneralSubtrees,
  InhibitAnyPolicy,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
} from './constraints.js'
export {
  BaseCRLNumber,
  CertificateIssuer,
  CRLNumber,
  CRLReason,
  HoldInstructionCode,
  InvalidityDate,
  IssuingDistributionPoint,
} from './crl.js'
export {
  AuthorityKeyIdentifier,
  ExtendedKeyUsage,
  KeyIdentifier,
  KeyUsage,
  PrivateKeyUsagePeriod,
  SubjectKeyIdentifier,
} from './key.js'
export { MsApplicationPolicies, MsTemplate, MsTemplateName, NtdsSecurity } from './microsoft.js'
export { IssuerAlternativeName, SubjectAlternativeName, SubjectDirectoryAttributes } from './names.js'
export {
  CertificatePolicies,
  CPSuri,
  DisplayText,
  NoticeReference,
  PolicyInformation,
  PolicyQualifierInfo,
  UserNotice,
} from './policies.js'
export {
  AccessDescription,
  AuthorityInfoAccess,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  FreshestCRL,
  ReasonFlags,
  SubjectInfoAccess,
} from './publication.js'
export { QCStatement, QCStatements, SMIMECapabilities, SMIMECapability } from './qualified.js'
export {
  CABFOrganizationIdentifier,
  CTPoison,
  OCSPNoCheck,
  PIVInterim,
  SignedCertificateTimestampList,
  TLSFeature,
} from './web.js'
