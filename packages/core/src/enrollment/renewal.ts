import { equalBytes } from '../asn1/index.js'
import type { CertificateRecord, Clock } from '../ports/index.js'
import { Certificate, type Extension, equalNames, extensionOid } from '../x509/index.js'
import type { Rejection } from './rejection.js'
import type { EnrollmentRequest } from './types.js'

/** The certificate to be renewed, or why there is none. */
export type Previous = { readonly record: CertificateRecord } | Rejection

/**
 * Finds the certificate that a renewal succeeds: the one the client authenticated with, or else the requester's newest
 * with that subject. Subject and alternative names must be the same as in the request (RFC 7030 section 4.2.2).
 */
export async function findPrevious(clock: Clock, request: EnrollmentRequest): Promise<Previous> {
  const { policy, requester, subject, extensions } = request
  if (policy.renewal === 'refused') return notAuthorized('this endpoint does not renew certificates')
  const { issuer } = policy
  const record =
    requester.certificate === undefined
      ? await issuer.newestFor({ subject, requester: requester.name })
      : await issuer.recordOf(requester.certificate)
  if (record === undefined || record.certificate === null) {
    return notAuthorized('there is no certificate with this subject that this requester could renew')
  }
  if (record.profile !== policy.profile && policy.renews?.includes(record.profile) !== true) {
    return notAuthorized('this endpoint does not renew certificates of that profile')
  }
  if (record.status !== 'issued') return notAuthorized('the certificate to be renewed is revoked or held')
  if (record.notAfter < clock.now()) return notAuthorized('the certificate to be renewed has expired')
  const previous = Certificate.decode(record.certificate).tbsCertificate.value
  if (!equalNames(previous.subject, subject)) return different('subject')
  if (!sameNames(previous.extensions ?? [], extensions)) return different('subject alternative name')
  return { record }
}

/** Whether both have the same subjectAltName: octet for octet, as a device copies it from its certificate. */
function sameNames(previous: readonly Extension[], asked: readonly Extension[]): boolean {
  const [a, b] = [previous, asked].map(
    (list) => list.find(({ extnID }) => extnID === extensionOid.subjectAltName)?.extnValue,
  )
  if (a === undefined || b === undefined) return a === b
  return equalBytes(a, b)
}

const notAuthorized = (reason: string): Rejection => ({ code: 'not-authorized', reason })

const different = (what: string): Rejection => ({
  code: 'bad-request',
  reason: `the ${what} differs from that of the certificate to be renewed (RFC 7030 section 4.2.2)`,
})
