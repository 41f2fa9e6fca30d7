import { equalGeneralNames, type GeneralName, type GeneralNames } from '../../pkix/index.js'
import type { DistributionPoint, DistributionPointName, Name } from '../../x509/index.js'
import { nameKey, type PathCertificate } from '../certificate.js'
import type { ReadCrl } from './crl.js'

/** The reasons that a CRL can be about, RFC 5280 section 4.2.1.13. */
export const allReasons: ReadonlySet<string> = new Set([
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
])

/** Names of a point that are compared with those of another one. */
const maxNames = 100

/** Why a complete CRL is not about a certificate at a distribution point, RFC 5280 section 6.3.3 (b); `undefined` when it is. */
export function scopeFault(certificate: PathCertificate, point: DistributionPoint, crl: ReadCrl): string | undefined {
  const { scope } = crl
  if (point.cRLIssuer === undefined) {
    if (crl.issuerKey !== certificate.issuerKey) return 'the CRL is of another issuer'
  } else {
    const issuers = directoryNames(point.cRLIssuer)
    if (!issuers.some((name) => nameKey(name) === crl.issuerKey)) return 'the CRL is of another issuer'
    if (scope?.indirectCRL !== true) return 'the CRL is not an indirect one'
  }
  if (scope === undefined) return undefined
  if (scope.distributionPoint !== undefined && !sharesName(certificate, point, scope.distributionPoint, crl.issuer)) {
    return 'the CRL is of another distribution point'
  }
  if (scope.onlyContainsUserCerts && certificate.extensions.basicConstraints?.cA === true)
    return 'the CRL is not of CAs'
  if (scope.onlyContainsCACerts && certificate.extensions.basicConstraints?.cA !== true) return 'the CRL is of CAs only'
  return scope.onlyContainsAttributeCerts ? 'the CRL is of attribute certificates only' : undefined
}

const directoryNames = (names: GeneralNames): readonly Name[] =>
  names.flatMap((name) => (name.type === 'directoryName' ? [name.value] : []))

/** Section 6.3.3 (b)(2)(i). */
function sharesName(
  certificate: PathCertificate,
  point: DistributionPoint,
  ofCrl: DistributionPointName,
  crlIssuer: Name,
): boolean {
  const crlNames = fullNames(ofCrl, crlIssuer)
  const [relativeTo = certificate.issuer] = directoryNames(point.cRLIssuer ?? [])
  const names =
    point.distributionPoint === undefined ? (point.cRLIssuer ?? []) : fullNames(point.distributionPoint, relativeTo)
  return names
    .slice(0, maxNames)
    .some((name) => crlNames.slice(0, maxNames).some((other) => equalGeneralNames(name, other)))
}

/** The names of a point; one relative to the CRL issuer in full (section 4.2.1.13). */
const fullNames = (point: DistributionPointName, crlIssuer: Name): readonly GeneralName[] =>
  point.type === 'fullName' ? point.value : [{ type: 'directoryName', value: [...crlIssuer, point.value] }]

/** interim_reasons_mask, section 6.3.3 (d). */
export function coveredReasons({ reasons }: DistributionPoint, { scope }: ReadCrl): ReadonlySet<string> {
  const some: ReadonlySet<string> = scope?.onlySomeReasons ?? allReasons
  const wanted: ReadonlySet<string> = reasons ?? allReasons
  return new Set([...allReasons].filter((reason) => some.has(reason) && wanted.has(reason)))
}

/** Whether a delta CRL continues a complete one, sections 5.2.4 and 6.3.3 (c). */
export function continues(delta: ReadCrl, complete: ReadCrl): boolean {
  if (delta.baseNumber === undefined || delta.number === undefined || complete.number === undefined) return false
  return (
    delta.issuerKey === complete.issuerKey &&
    delta.scopeId === complete.scopeId &&
    delta.authorityId === complete.authorityId &&
    complete.number >= delta.baseNumber &&
    complete.number < delta.number
  )
}
