import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import type { GeneralName } from '@certwright/core/pkix'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificateIssuer,
  CertificatePolicies,
  CRLDistributionPoints,
  CRLNumber,
  CRLReason,
  type DistributionPoint,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  IssuingDistributionPoint,
  KeyUsage,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  parseName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  signedStructure,
  TBSCertificate,
  TBSCertList,
} from '@certwright/core/x509'

/** The moment at which these tests validate. */
export const now = new Date('2026-06-01T00:00:00Z')
export const day = 86_400_000
const algorithm = signatureAlgorithmIdentifier('ecdsa-sha256')

/** A key pair; a pool of them, as making one costs more than the rest of a test. */
export interface TestKey {
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
  readonly id: Uint8Array
}

const keys: TestKey[] = []

/** The key with a number, the same one each time. */
export function key(number: number): TestKey {
  const known = keys[number]
  if (known !== undefined) return known
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const made = { privateKey, publicKey: der, id: Uint8Array.of(number >> 8, number & 255) }
  keys[number] = made
  return made
}

/** What a certificate says; everything has a default but the names. */
export interface CertificateSpec {
  readonly subject: string
  readonly issuer: string
  /** Number of the subject's key. */
  readonly key: number
  /** Number of the key that signs. */
  readonly signedBy: number
  readonly serial?: number
  readonly ca?: boolean
  readonly pathLength?: number
  readonly usage?: readonly string[]
  readonly purposes?: readonly string[]
  readonly names?: readonly GeneralName[]
  readonly permitted?: readonly GeneralName[]
  readonly excluded?: readonly GeneralName[]
  readonly policies?: readonly string[]
  readonly mappings?: readonly (readonly [string, string])[]
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
  readonly inhibitAnyPolicy?: number
  readonly points?: readonly DistributionPoint[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly more?: readonly Extension[]
  readonly hints?: boolean
  readonly version?: number
}

let serials = 1

const serialOctets = (serial: number): Uint8Array => Uint8Array.of(0x40, serial >> 16, serial >> 8, serial)

export const extension = (extnID: string, extnValue: Uint8Array, critical = false): Extension => ({
  extnID,
  critical,
  extnValue,
})

const subtrees = (names: readonly GeneralName[] | undefined) =>
  names === undefined ? undefined : names.map((base) => ({ base, minimum: 0 }))

/** INTEGER of InhibitAnyPolicy. */
const smallNumber = (value: number): Uint8Array => Uint8Array.of(2, 1, value)

function extensionsOf(spec: CertificateSpec): readonly Extension[] {
  const { ca, pathLength, usage, hints = true } = spec
  const list: (Extension | false)[] = [
    hints && extension(extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier.encode(key(spec.key).id)),
    hints &&
      extension(
        extensionOid.authorityKeyIdentifier,
        AuthorityKeyIdentifier.encode({ keyIdentifier: key(spec.signedBy).id }),
      ),
    ca === true &&
      extension(
        extensionOid.basicConstraints,
        BasicConstraints.encode({ cA: true, ...(pathLength !== undefined && { pathLenConstraint: pathLength }) }),
        true,
      ),
    (usage !== undefined || ca === true) &&
      extension(extensionOid.keyUsage, KeyUsage.encode(new Set(usage ?? ['keyCertSign', 'cRLSign']) as KeyUsage), true),
    spec.purposes !== undefined && extension(extensionOid.extendedKeyUsage, ExtendedKeyUsage.encode(spec.purposes)),
    spec.names !== undefined && extension(extensionOid.subjectAltName, SubjectAlternativeName.encode(spec.names)),
    (spec.permitted !== undefined || spec.excluded !== undefined) &&
      extension(
        extensionOid.nameConstraints,
        NameConstraints.encode({
          permittedSubtrees: subtrees(spec.permitted),
          excludedSubtrees: subtrees(spec.excluded),
        }),
        true,
      ),
    spec.policies !== undefined &&
      extension(
        extensionOid.certificatePolicies,
        CertificatePolicies.encode(spec.policies.map((policyIdentifier) => ({ policyIdentifier }))),
      ),
    spec.mappings !== undefined &&
      extension(
        extensionOid.policyMappings,
        PolicyMappings.encode(
          spec.mappings.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({
            issuerDomainPolicy,
            subjectDomainPolicy,
          })),
        ),
        true,
      ),
    (spec.requireExplicitPolicy !== undefined || spec.inhibitPolicyMapping !== undefined) &&
      extension(
        extensionOid.policyConstraints,
        PolicyConstraints.encode({
          requireExplicitPolicy: spec.requireExplicitPolicy,
          inhibitPolicyMapping: spec.inhibitPolicyMapping,
        }),
        true,
      ),
    spec.inhibitAnyPolicy !== undefined &&
      extension(extensionOid.inhibitAnyPolicy, smallNumber(spec.inhibitAnyPolicy), true),
    spec.points !== undefined &&
      extension(extensionOid.cRLDistributionPoints, CRLDistributionPoints.encode(spec.points)),
    ...(spec.more ?? []),
  ]
  return list.filter((one) => one !== false)
}

/** The DER of a certificate. */
export function certificate(spec: CertificateSpec): Uint8Array {
  const extensions = extensionsOf(spec)
  const tbs = TBSCertificate.encode({
    version: spec.version ?? 2,
    serialNumber: serialOctets(spec.serial ?? serials++),
    signature: algorithm,
    issuer: parseName(spec.issuer),
    validity: {
      notBefore: spec.notBefore ?? new Date(now.getTime() - 30 * day),
      notAfter: spec.notAfter ?? new Date(now.getTime() + 30 * day),
    },
    subject: parseName(spec.subject),
    subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(key(spec.key).publicKey),
    ...(extensions.length > 0 && { extensions }),
  })
  return signedStructure(tbs, algorithm, signature(tbs, spec.signedBy))
}

const signature = (tbs: Uint8Array, by: number): Uint8Array => new Uint8Array(sign('sha256', tbs, key(by).privateKey))

/** What a CRL says. */
export interface CrlSpec {
  readonly issuer: string
  readonly signedBy: number
  readonly number?: number
  readonly base?: number
  readonly scope?: Partial<IssuingDistributionPoint>
  readonly entries?: readonly {
    readonly serial: number
    readonly reason?: CRLReason
    readonly issuer?: string
    readonly more?: readonly Extension[]
  }[]
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date | null
  readonly more?: readonly Extension[]
}

/** The DER of a CRL. */
export function crl(spec: CrlSpec): Uint8Array {
  const { scope, entries = [], nextUpdate = new Date(now.getTime() + day) } = spec
  const noScope = {
    onlyContainsUserCerts: false,
    onlyContainsCACerts: false,
    indirectCRL: false,
    onlyContainsAttributeCerts: false,
  }
  const tbs = TBSCertList.encode({
    version: 1,
    signature: algorithm,
    issuer: parseName(spec.issuer),
    thisUpdate: spec.thisUpdate ?? new Date(now.getTime() - day),
    ...(nextUpdate !== null && { nextUpdate }),
    ...(entries.length > 0 && { revokedCertificates: entries.map(entryOf) }),
    crlExtensions: [
      extension(
        extensionOid.authorityKeyIdentifier,
        AuthorityKeyIdentifier.encode({ keyIdentifier: key(spec.signedBy).id }),
      ),
      extension(extensionOid.cRLNumber, CRLNumber.encode(BigInt(spec.number ?? 1))),
      ...(spec.base === undefined
        ? []
        : [extension(extensionOid.deltaCRLIndicator, CRLNumber.encode(BigInt(spec.base)), true)]),
      ...(scope === undefined
        ? []
        : [
            extension(
              extensionOid.issuingDistributionPoint,
              IssuingDistributionPoint.encode({ ...noScope, ...scope }),
              true,
            ),
          ]),
      ...(spec.more ?? []),
    ],
  })
  return signedStructure(tbs, algorithm, signature(tbs, spec.signedBy))
}

function entryOf({ serial, reason, issuer, more = [] }: NonNullable<CrlSpec['entries']>[number]) {
  const crlEntryExtensions = [
    ...(reason === undefined ? [] : [extension(extensionOid.reasonCode, CRLReason.encode(reason))]),
    ...(issuer === undefined
      ? []
      : [
          extension(
            extensionOid.certificateIssuer,
            CertificateIssuer.encode([{ type: 'directoryName', value: parseName(issuer) }]),
            true,
          ),
        ]),
    ...more,
  ]
  return {
    userCertificate: serialOctets(serial),
    revocationDate: new Date(now.getTime() - 2 * day),
    ...(crlEntryExtensions.length > 0 && { crlEntryExtensions }),
  }
}

/** A certificate whose last octet of signature is another one. */
export const spoiled = (der: Uint8Array): Uint8Array => {
  const copy = der.slice()
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1
  return copy
}

export const dns = (value: string): GeneralName => ({ type: 'dNSName', value })
export const uri = (value: string): GeneralName => ({ type: 'uniformResourceIdentifier', value })
export const mail = (value: string): GeneralName => ({ type: 'rfc822Name', value })
export const ip = (...octets: readonly number[]): GeneralName => ({ type: 'iPAddress', value: Uint8Array.from(octets) })
export const directory = (text: string): GeneralName => ({ type: 'directoryName', value: parseName(text) })
