import { attributeOid, extendedKeyUsageOid } from '../../../x509/index.js'
import type { CertificateView } from '../../certificate-view.js'
import { firstFault } from './faults.js'
import { isHttp } from './uris.js'

const dayMs = 86_400_000

/** Length of the validity in days; both ends belong to it (RFC 5280 section 4.1.2.5). */
export const validityDays = ({ tbs: { validity } }: CertificateView): number =>
  (validity.notAfter.getTime() - validity.notBefore.getTime() + 1000) / dayMs

/** Whether the subject has an attribute. */
export const hasAttribute = ({ subject }: CertificateView, name: keyof typeof attributeOid): boolean =>
  subject.some(({ type }) => type === attributeOid[name])

/** The texts of an attribute of the subject. */
export const attributeTexts = ({ subject }: CertificateView, name: keyof typeof attributeOid): readonly string[] =>
  subject.flatMap(({ type, text = '' }) => (type === attributeOid[name] ? [text] : []))

/** What is missing among the attributes that a subject must have. */
export const missingAttribute = (
  view: CertificateView,
  names: readonly (keyof typeof attributeOid)[],
): string | undefined =>
  firstFault(names, (name) => (hasAttribute(view, name) ? undefined : `the subject has no ${name}`))

/** Whether the subject says in which state or locality it is. */
export const missingPlace = (view: CertificateView): string | undefined =>
  hasAttribute(view, 'stateOrProvinceName') || hasAttribute(view, 'localityName')
    ? undefined
    : 'the subject has neither a state nor a locality'

/** The first attribute of a subject beyond those allowed. */
export function otherAttribute(
  { subject }: CertificateView,
  names: readonly (keyof typeof attributeOid)[],
): string | undefined {
  const allowed = names.map((name): string => attributeOid[name])
  return firstFault(subject, ({ type }) =>
    allowed.includes(type) ? undefined : `the subject has the attribute ${type}`,
  )
}

/** The policies below an arc that are asserted. */
export const policiesUnder = ({ policies }: CertificateView, arc: string): readonly string[] =>
  policies.filter((oid) => oid.startsWith(`${arc}.`))

/** Where the CRLs are: every URI, and faults of form: one http URI a point, nothing else in it. */
export function crlPointFault({ value: { cRLDistributionPoints = [] } }: CertificateView): string | undefined {
  return firstFault(cRLDistributionPoints, ({ distributionPoint, reasons, cRLIssuer }) => {
    if (reasons !== undefined || cRLIssuer !== undefined) return 'a distribution point has reasons or cRLIssuer'
    if (distributionPoint?.type !== 'fullName') return 'a distribution point has no fullName'
    const http = distributionPoint.value.every(
      ({ type, value }) => type === 'uniformResourceIdentifier' && isHttp(value),
    )
    return http ? undefined : 'a distribution point names something other than an http URI'
  })
}

/** A location of authorityInfoAccess that is no http URI. */
export const accessFault = ({ value: { authorityInfoAccess = [] } }: CertificateView): string | undefined =>
  firstFault(authorityInfoAccess, ({ accessLocation: { type, value } }) =>
    type === 'uniformResourceIdentifier' && isHttp(value)
      ? undefined
      : 'authorityInfoAccess has a location that is no http URI',
  )

/** Whether authorityInfoAccess has an entry of a method. */
export const hasAccessMethod = ({ value }: CertificateView, method: string): boolean =>
  value.authorityInfoAccess?.some(({ accessMethod }) => accessMethod === method) === true

/** Names the purposes that are among those forbidden. */
export function forbiddenPurposes(
  { purposes }: CertificateView,
  names: readonly (keyof typeof extendedKeyUsageOid)[],
): string | undefined {
  const found = names.filter((name) => purposes.includes(extendedKeyUsageOid[name]))
  return found.length === 0 ? undefined : found.join(', ')
}

/** The hash that goes with each curve (TLS Baseline Requirements section 7.1.3.2.2). */
export const curveHash = { p256: 'sha256', p384: 'sha384', p521: 'sha512' } as const
