import { Asn1Error, type Infer, type Schema } from '../asn1/index.js'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  BaseCRLNumber,
  BasicConstraints,
  CABFOrganizationIdentifier,
  CertificatePolicies,
  CRLDistributionPoints,
  CRLNumber,
  CTPoison,
  ExpiredCertsOnCRL,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  FreshestCRL,
  InhibitAnyPolicy,
  IssuerAlternativeName,
  IssuingDistributionPoint,
  KeyUsage,
  NameConstraints,
  OCSPNoCheck,
  PolicyConstraints,
  PolicyMappings,
  PrivateKeyUsagePeriod,
  QCStatements,
  SignedCertificateTimestampList,
  SMIMECapabilities,
  SubjectAlternativeName,
  SubjectDirectoryAttributes,
  SubjectInfoAccess,
  SubjectKeyIdentifier,
  TLSFeature,
} from '../x509/index.js'

/** The extensions that rules look into. */
const schemas = {
  authorityInfoAccess: AuthorityInfoAccess,
  authorityKeyIdentifier: AuthorityKeyIdentifier,
  basicConstraints: BasicConstraints,
  cabfOrganizationIdentifier: CABFOrganizationIdentifier,
  certificatePolicies: CertificatePolicies,
  cRLDistributionPoints: CRLDistributionPoints,
  cRLNumber: CRLNumber,
  ctPoison: CTPoison,
  deltaCRLIndicator: BaseCRLNumber,
  expiredCertsOnCRL: ExpiredCertsOnCRL,
  extendedKeyUsage: ExtendedKeyUsage,
  freshestCRL: FreshestCRL,
  inhibitAnyPolicy: InhibitAnyPolicy,
  issuerAltName: IssuerAlternativeName,
  issuingDistributionPoint: IssuingDistributionPoint,
  keyUsage: KeyUsage,
  nameConstraints: NameConstraints,
  ocspNoCheck: OCSPNoCheck,
  policyConstraints: PolicyConstraints,
  policyMappings: PolicyMappings,
  privateKeyUsagePeriod: PrivateKeyUsagePeriod,
  qcStatements: QCStatements,
  signedCertificateTimestamps: SignedCertificateTimestampList,
  smimeCapabilities: SMIMECapabilities,
  subjectAltName: SubjectAlternativeName,
  subjectDirectoryAttributes: SubjectDirectoryAttributes,
  subjectInfoAccess: SubjectInfoAccess,
  subjectKeyIdentifier: SubjectKeyIdentifier,
  tlsFeature: TLSFeature,
} as const satisfies { readonly [K in keyof typeof extensionOid]?: Schema<unknown> }

type Name = keyof typeof schemas

/** Decoded extensions by name; those that are absent or malformed are missing. */
export type ExtensionValues = { readonly [K in Name]?: Infer<(typeof schemas)[K]> }

/** Extensions by name, the known ones; the first where there are several of a type. */
export type KnownExtensions = { readonly [K in keyof typeof extensionOid]?: Extension }

/** The extensions of a certificate or CRL, each decoded once. */
export interface ReadExtensions {
  readonly extension: KnownExtensions
  readonly value: ExtensionValues
  /** What was malformed: the name of the extension and why. */
  readonly malformed: readonly string[]
  /** Identifiers of the critical extensions that are not known. */
  readonly unknownCritical: readonly string[]
}

const nameOf: ReadonlyMap<string, keyof typeof extensionOid> = new Map(
  Object.entries(extensionOid).map(([name, oid]) => [oid, name as keyof typeof extensionOid]),
)
const schemaOf: { readonly [name: string]: Schema<unknown> | undefined } = schemas

/** Decodes all known extensions. */
export function readExtensions(extensions: readonly Extension[] = []): ReadExtensions {
  const extension: Record<string, Extension> = {}
  const value: Record<string, unknown> = {}
  const malformed: string[] = []
  const unknownCritical: string[] = []
  for (const found of extensions) {
    const name = nameOf.get(found.extnID)
    if (name === undefined) {
      if (found.critical) unknownCritical.push(found.extnID)
      continue
    }
    if (extension[name] !== undefined) continue
    extension[name] = found
    try {
      value[name] = schemaOf[name]?.decode(found.extnValue)
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error
      malformed.push(`${name}: ${error.message}`)
    }
  }
  return { extension, value, malformed, unknownCritical }
}
