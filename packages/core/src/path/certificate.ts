import { Asn1Error, type DecodeOptions, type Schema, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  FreshestCRL,
  InhibitAnyPolicy,
  KeyUsage,
  type Name,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '../x509/index.js'
import { comparableRdns } from '../x509/name-compare.js'
import { type Finding, finding } from './failures.js'

/** The extensions that validation reads, with their names in {@link PathCertificate}. */
const known = {
  authorityKeyIdentifier: [extensionOid.authorityKeyIdentifier, AuthorityKeyIdentifier],
  subjectKeyIdentifier: [extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier],
  keyUsage: [extensionOid.keyUsage, KeyUsage],
  certificatePolicies: [extensionOid.certificatePolicies, CertificatePolicies],
  policyMappings: [extensionOid.policyMappings, PolicyMappings],
  subjectAltName: [extensionOid.subjectAltName, SubjectAlternativeName],
  basicConstraints: [extensionOid.basicConstraints, BasicConstraints],
  nameConstraints: [extensionOid.nameConstraints, NameConstraints],
  policyConstraints: [extensionOid.policyConstraints, PolicyConstraints],
  extendedKeyUsage: [extensionOid.extendedKeyUsage, ExtendedKeyUsage],
  cRLDistributionPoints: [extensionOid.cRLDistributionPoints, CRLDistributionPoints],
  freshestCRL: [extensionOid.freshestCRL, FreshestCRL],
  inhibitAnyPolicy: [extensionOid.inhibitAnyPolicy, InhibitAnyPolicy],
  authorityInfoAccess: [extensionOid.authorityInfoAccess, AuthorityInfoAccess],
} as const satisfies Record<string, readonly [string, Schema<unknown>]>

type KnownName = keyof typeof known
const byOid = new Map<string, KnownName>(Object.entries(known).map(([name, [oid]]) => [oid, name as KnownName]))

/** The values of the extensions that a certificate has. */
export type KnownExtensions = {
  readonly [K in KnownName]?: (typeof known)[K][1] extends Schema<infer T> ? T : never
}

/** A certificate as validation sees it: read once, its names made comparable. */
export interface PathCertificate {
  readonly der: Uint8Array
  /** Equal for equal octets, and only for them. */
  readonly id: string
  readonly certificate: Certificate
  /** DER TBSCertificate, as it was signed. */
  readonly tbs: Uint8Array
  readonly serialNumber: Uint8Array
  readonly subject: Name
  readonly issuer: Name
  readonly subjectKey: string
  readonly issuerKey: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly publicKeyInfo: SubjectPublicKeyInfo
  /** Same issuer and subject, RFC 5280 section 3.2. */
  readonly selfIssued: boolean
  readonly isCa: boolean
  readonly extensions: KnownExtensions
  /** Critical extensions that are not among the known ones. */
  readonly otherCritical: readonly string[]
  /** Faults of the certificate alone, which no path can heal. */
  readonly faults: readonly Finding[]
}

/** Equal for names that are the same by RFC 5280 section 7.1. */
export const nameKey = (name: Name): string => JSON.stringify(comparableRdns(name))

const maxExtensions = 100

/**
 * Reads a certificate.
 *
 * @returns what is wrong, where it cannot be read at all
 */
export function readCertificate(der: Uint8Array, limits: DecodeOptions): PathCertificate | Finding {
  try {
    return viewOf(der, Certificate.decode(der, limits))
  } catch (error) {
    if (error instanceof CertwrightError)
      return finding('malformed', `the certificate cannot be read: ${error.message}`)
    throw error
  }
}

/** Whether reading ended in a certificate. */
export const isReadable = (read: PathCertificate | Finding): read is PathCertificate => 'der' in read

function viewOf(der: Uint8Array, certificate: Certificate): PathCertificate {
  const { bytes: tbs, value } = certificate.tbsCertificate
  const read = readExtensions(value.extensions ?? [])
  let id: string | undefined
  const [subjectKey, issuerKey] = [nameKey(value.subject), nameKey(value.issuer)]
  return {
    der,
    // Most certificates are never asked for it.
    get id() {
      id ??= toHex(der)
      return id
    },
    certificate,
    tbs,
    serialNumber: value.serialNumber,
    subject: value.subject,
    issuer: value.issuer,
    subjectKey,
    issuerKey,
    notBefore: value.validity.notBefore,
    notAfter: value.validity.notAfter,
    publicKey: SubjectPublicKeyInfo.encode(value.subjectPublicKeyInfo),
    publicKeyInfo: value.subjectPublicKeyInfo,
    selfIssued: subjectKey === issuerKey,
    isCa: value.version === 2 && read.extensions.basicConstraints?.cA === true,
    extensions: read.extensions,
    otherCritical: read.otherCritical,
    faults: [...versionFaults(value.version, value.extensions), ...read.faults],
  }
}

/** RFC 5280 section 4.1.2.1: extensions are of version 3, and there is no version after it. */
function versionFaults(version: number, extensions: readonly Extension[] | undefined): readonly Finding[] {
  if (version < 0 || version > 2) return [finding('malformed', 'the certificate is of an unknown version', '4.1.2.1')]
  if (extensions !== undefined && version !== 2) {
    return [finding('malformed', 'the certificate has extensions and is not of version 3', '4.1.2.1')]
  }
  return []
}

function readExtensions(all: readonly Extension[]) {
  const faults: Finding[] = []
  const extensions: Partial<Record<KnownName, unknown>> = {}
  const otherCritical: string[] = []
  const seen = new Set<string>()
  if (all.length > maxExtensions) faults.push(finding('malformed', 'the certificate has too many extensions', '4.2'))
  for (const { extnID, critical, extnValue } of all.slice(0, maxExtensions)) {
    if (seen.has(extnID)) faults.push(finding('malformed', `the extension ${extnID} is there twice`, '4.2'))
    seen.add(extnID)
    const name = byOid.get(extnID)
    if (name === undefined) {
      if (critical) otherCritical.push(extnID)
      continue
    }
    try {
      extensions[name] ??= known[name][1].decode(extnValue)
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error
      faults.push(finding('malformed', `the extension ${name} cannot be read: ${error.message}`, '4.2'))
    }
  }
  return { extensions: extensions as KnownExtensions, otherCritical, faults }
}
