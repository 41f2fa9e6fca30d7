import type { PublicKeyDescription } from '../algorithms/index.js'
import { keyTypeOf } from '../algorithms/index.js'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  accessMethodOid,
  BasicConstraints,
  CRLDistributionPoints,
  type Extension,
  extensionOid,
  KeyUsage,
  type Name,
  SubjectKeyIdentifier,
} from '../x509/index.js'
import type { Profile } from './compile.js'
import { addDuration, subtractDuration } from './duration.js'
import { copiedExtensions, requestedNames, requestedPurposes, unexpectedExtensions } from './from-request.js'
import { nameValueFaults } from './name-values.js'
import type { Violation } from './violations.js'

/** What the requester asks for. */
export interface ProfileRequest {
  readonly subject: Name
  /** The extensions of the request, as the protocol carried them. */
  readonly extensions: readonly Extension[]
  readonly key: PublicKeyDescription
  /** The subject key identifier to certify (see `keyIdentifier` in algorithms). */
  readonly keyIdentifier: Uint8Array
  /** An earlier end than the profile's default, or a later one up to the issuer's end when a privileged caller asks. */
  readonly notAfter?: Date
}

/** What the profile needs to know of the CA that will sign; absent for a self-signed certificate. */
export interface ProfileIssuer {
  readonly keyIdentifier: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly urls: IssuerUrls
}

/** Where a CA publishes what its certificates point at; absolute `http:` or `https:` URLs. */
export interface IssuerUrls {
  readonly crl?: readonly string[]
  readonly ocsp?: readonly string[]
  readonly caIssuers?: readonly string[]
}

/** The fields of a certificate that a profile decides. */
export interface CertificateFields {
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly extensions: readonly Extension[]
}

/** The certificate's fields, or everything that speaks against the request. */
export type Evaluation =
  | { readonly ok: true; readonly fields: CertificateFields }
  | { readonly ok: false; readonly violations: readonly Violation[] }

/**
 * Evaluates a request under a profile. Pure: the same arguments give the same answer.
 *
 * @param now the present moment; validity starts there, less the profile's backdating, and never before the issuer's
 */
export function evaluate(
  profile: Profile,
  request: ProfileRequest,
  issuer: ProfileIssuer | undefined,
  now: Date,
): Evaluation {
  const names = requestedNames(profile, request)
  const purposes = requestedPurposes(profile, request)
  const copied = copiedExtensions(profile, request)
  const validity = validityOf(profile, request, issuer, now)
  const violations = [
    ...keyViolations(profile, request.key),
    ...subjectViolations(profile, request, names.extension !== undefined),
    ...names.violations,
    ...purposes.violations,
    ...copied.violations,
    ...unexpectedExtensions(profile, request),
    ...validity.violations,
  ]
  if (violations.length > 0) return { ok: false, violations }
  const extensions = [
    ...authorityExtensions(profile, request, issuer),
    ...(names.extension === undefined ? [] : [names.extension]),
    ...(purposes.extension === undefined ? [] : [purposes.extension]),
    ...copied.extensions,
  ]
  const { notBefore, notAfter } = validity
  return { ok: true, fields: { subject: request.subject, notBefore, notAfter, extensions } }
}

function keyViolations({ config }: Profile, key: PublicKeyDescription): Violation[] {
  const violations: Violation[] = []
  const type = keyTypeOf(key)
  if (type === undefined || !config.keys.allowed.includes(type)) {
    const found = key.family === 'rsa' || key.family === 'ecdsa' ? `${key.family} ${key.bits} bits` : key.family
    const message = `${found} is not among the allowed key types ${config.keys.allowed.join(', ')}`
    violations.push({ code: 'key-type', field: 'publicKey', message })
  }
  if (key.exponent !== undefined && key.exponent < 65537n) {
    const message = 'the RSA public exponent is smaller than 65537 (NIST SP 800-56B section 6.2)'
    violations.push({ code: 'key-exponent', field: 'publicKey', message })
  }
  return violations
}

function subjectViolations({ config }: Profile, { subject }: ProfileRequest, hasNames: boolean): Violation[] {
  if (subject.length === 0) {
    if (config.subject.empty === 'refused') {
      return [{ code: 'subject-empty', field: 'subject', message: 'must not be empty' }]
    }
    if (!hasNames) {
      const message = 'is empty and there is no subject alternative name: the certificate would name nothing'
      return [{ code: 'subject-empty', field: 'subject', message }]
    }
  }
  return nameValueFaults(subject).map((message) => ({ code: 'subject-value', field: 'subject', message }))
}

interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
  readonly violations: readonly Violation[]
}

function validityOf(
  { validity }: Profile,
  { notAfter: asked }: ProfileRequest,
  issuer: ProfileIssuer | undefined,
  now: Date,
): Validity {
  const second = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000)
  const backdated = subtractDuration(second(now), validity.backdate)
  const notBefore = issuer === undefined || backdated >= issuer.notBefore ? backdated : issuer.notBefore
  // notAfter is the last second that is valid (RFC 5280 section 4.1.2.5), so a year ends one second before its anniversary.
  const usual = new Date(addDuration(second(now), validity.default).getTime() - 1000)
  const ends = [
    usual,
    ...(asked === undefined ? [] : [second(asked)]),
    ...(issuer === undefined ? [] : [issuer.notAfter]),
  ]
  const notAfter = new Date(Math.min(...ends.map(Number)))
  if (notAfter > now) return { notBefore, notAfter, violations: [] }
  const message = 'the certificate would have expired before it is issued'
  return { notBefore, notAfter, violations: [{ code: 'issuer-expired', field: 'validity', message }] }
}

function authorityExtensions(
  { config }: Profile,
  { keyIdentifier }: ProfileRequest,
  issuer: ProfileIssuer | undefined,
): Extension[] {
  const { cA, pathLenConstraint } = config.basicConstraints
  const constraints = pathLenConstraint === undefined ? { cA } : { cA, pathLenConstraint }
  const extensions: Extension[] = [
    { extnID: extensionOid.basicConstraints, critical: true, extnValue: BasicConstraints.encode(constraints) },
    { extnID: extensionOid.keyUsage, critical: true, extnValue: KeyUsage.encode(new Set(config.keyUsage)) },
    {
      extnID: extensionOid.subjectKeyIdentifier,
      critical: false,
      extnValue: SubjectKeyIdentifier.encode(keyIdentifier),
    },
  ]
  if (issuer === undefined) return extensions
  if (config.authorityKeyIdentifier) {
    const extnValue = AuthorityKeyIdentifier.encode({ keyIdentifier: issuer.keyIdentifier })
    extensions.push({ extnID: extensionOid.authorityKeyIdentifier, critical: false, extnValue })
  }
  if (config.crlDistributionPoints === 'if-published') extensions.push(...distributionPoints(issuer.urls))
  if (config.authorityInfoAccess === 'if-published') extensions.push(...informationAccess(issuer.urls))
  return extensions
}

function distributionPoints({ crl = [] }: IssuerUrls): Extension[] {
  if (crl.length === 0) return []
  const fullName = crl.map((value) => ({ type: 'uniformResourceIdentifier' as const, value }))
  const points = [{ distributionPoint: { type: 'fullName' as const, value: fullName } }]
  const extnValue = CRLDistributionPoints.encode(points)
  return [{ extnID: extensionOid.cRLDistributionPoints, critical: false, extnValue }]
}

function informationAccess({ ocsp = [], caIssuers = [] }: IssuerUrls): Extension[] {
  const describe = (accessMethod: string) => (value: string) => ({
    accessMethod,
    accessLocation: { type: 'uniformResourceIdentifier' as const, value },
  })
  const descriptions = [
    ...ocsp.map(describe(accessMethodOid.ocsp)),
    ...caIssuers.map(describe(accessMethodOid.caIssuers)),
  ]
  if (descriptions.length === 0) return []
  const extnValue = AuthorityInfoAccess.encode(descriptions)
  return [{ extnID: extensionOid.authorityInfoAccess, critical: false, extnValue }]
}
