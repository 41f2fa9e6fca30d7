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
  ExpiredCertsOnCRL,
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
export {
  MsApplicationPolicies,
  MsTemplate,
  MsTemplateName,
  NtdsSecurity,
  readNtdsSecurity,
  toNtdsSecurity,
} from './microsoft.js'
export {
  CountryOfPerson,
  DateOfBirth,
  Gender,
  IssuerAlternativeName,
  PlaceOfBirth,
  personalDataOid,
  SubjectAlternativeName,
  SubjectDirectoryAttributes,
} from './names.js'
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
export {
  type Iso4217CurrencyCode,
  type KnownQcStatement,
  MonetaryValue,
  PdsLocation,
  PSD2QcType,
  psd2RoleOid,
  qcStatementOid,
  qcTypeOid,
  RoleOfPSP,
  readQcStatement,
  SemanticsInformation,
  semanticsOid,
  toQcStatement,
} from './qc-statements.js'
export { QCStatement, QCStatements, SMIMECapabilities, SMIMECapability } from './qualified.js'
export {
  decodeSct,
  decodeSctList,
  encodeSct,
  encodeSctList,
  type SerializedSct,
  type SignedCertificateTimestamp,
  SignedCertificateTimestampList,
  type UnknownCertificateTimestamp,
} from './sct.js'
export {
  CABFOrganizationIdentifier,
  CTPoison,
  OCSPNoCheck,
  PIVInterim,
  TLSFeature,
} from './web.js'
