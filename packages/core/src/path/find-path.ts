import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { type ReadAnchor, readAnchor } from './anchor.js'
import { searchPath } from './build.js'
import { isReadable, type PathCertificate, readCertificate } from './certificate.js'
import { shownSubject } from './certificate-checks.js'
import { finding, type PathFailure } from './failures.js'
import { invalidPath, validPath, withinBudget } from './results.js'
import type { FindOther } from './revocation/crl-issuer.js'
import { createCheckStatuses } from './revocation/path-status.js'
import { createSession, type Session } from './session.js'
import type { PathDeps, PathOptions, PathResult, TrustAnchor } from './types.js'
import { validateCertificates } from './validate.js'

const maxAnchors = 10_000

/** The path of a CRL issuer: it is for signing CRLs, whatever the certificate in question is for. */
const findCrlIssuer: FindOther = (session, certificate, anchor) => {
  const { purposes, keyUsage, ...options } = session.options
  return searchPath({ ...session, options }, certificate, [anchor], checkStatuses)
}

const checkStatuses = createCheckStatuses(findCrlIssuer)

/**
 * Finds a valid path from a certificate to one of the trust anchors: RFC 4158 over the intermediates given, each complete path
 * validated by RFC 5280 section 6.1. Bad certificates are no exceptions, they are failures of the result.
 *
 * @example
 * ```ts
 * import { nodeCrypto } from '@certwright/core/defaults'
 * import { findPath, trustAnchor } from '@certwright/core/path'
 *
 * const isTrusted = async ([leaf = new Uint8Array(), ...others]: readonly Uint8Array[], root: Uint8Array, time: Date) => {
 *   const options = { time, revocation: 'none', intermediates: others } as const
 *   const result = await findPath({ crypto: nodeCrypto }, leaf, [trustAnchor(root)], options)
 *   return result.valid ? 'trusted' : result.failures.map(({ message }) => message).join('; ')
 * }
 * ```
 *
 * @param certificate DER
 * @param anchors at most 10,000; their order is preference
 * @throws CertwrightError `configuration` for anchors or options that cannot be used.
 */
export async function findPath(
  deps: PathDeps,
  certificate: Uint8Array,
  anchors: readonly TrustAnchor[],
  options: PathOptions,
): Promise<PathResult> {
  const session = createSession(deps, options)
  const known = readAnchors(anchors)
  const leaf = readCertificate(certificate, { maxSize: session.budget.limits.maxCertificateSize })
  if (!isReadable(leaf)) return invalidPath([certificate], [{ index: 0, ...leaf }], session.budget)
  return searchPath(session, leaf, known, checkStatuses)
}

/**
 * Validates one path by RFC 5280 section 6.1, without looking for another one. All its faults are reported.
 *
 * @param path DER certificates, each issued by the one after it, the last by one of the anchors; an anchor's own certificate
 * at the end, as servers send it, is left away
 * @throws CertwrightError `configuration` for an empty path, and for anchors or options that cannot be used.
 */
export async function validatePath(
  deps: PathDeps,
  path: readonly Uint8Array[],
  anchors: readonly TrustAnchor[],
  options: PathOptions,
): Promise<PathResult> {
  const session = createSession(deps, options)
  const known = readAnchors(anchors)
  if (path.length === 0) throw new CertwrightError('configuration', 'a path has at least one certificate')
  const { maxDepth, maxCertificateSize } = session.budget.limits
  // An anchor may come on top.
  if (path.length > maxDepth + 1) return tooLong(session, path)
  const read = path.map((der) => readCertificate(der, { maxSize: maxCertificateSize }))
  const faults = read.flatMap((one, index): readonly PathFailure[] => (isReadable(one) ? [] : [{ index, ...one }]))
  if (faults.length > 0) return invalidPath(path, faults.toReversed(), session.budget)
  const certificates = withoutAnchor(read.filter(isReadable), known)
  if (certificates.length > maxDepth) return tooLong(session, path)
  for (const one of certificates) session.pool.add(one)
  return withinBudget(
    () => validateTo(session, certificates, known),
    (failure) => invalidPath(path, [failure], session.budget),
  )
}

const tooLong = ({ budget }: Session, path: readonly Uint8Array[]): PathResult =>
  invalidPath(
    path,
    [{ index: 0, ...finding('budget', `the path has more than ${budget.limits.maxDepth} certificates`) }],
    budget,
  )

/** Against each anchor of the right name, which several can have; the fewest faults are reported. */
async function validateTo(
  session: Session,
  certificates: readonly PathCertificate[],
  anchors: readonly ReadAnchor[],
): Promise<PathResult> {
  const last = certificates[certificates.length - 1]
  let best: { readonly failures: readonly PathFailure[]; readonly anchor: ReadAnchor } | undefined
  for (const anchor of anchors) {
    if (anchor.subjectKey !== last?.issuerKey) continue
    const { failures, policies } = await validateCertificates(session, certificates, anchor)
    const { statuses, failures: revoked } =
      failures.length > 0 ? { statuses: [], failures: [] } : await checkStatuses(session, certificates, anchor)
    const all = [...failures, ...revoked]
    if (all.length === 0) return validPath(certificates, anchor, policies, statuses, session.budget)
    if (best === undefined || all.length < best.failures.length) best = { failures: all, anchor }
  }
  const ders = certificates.map(({ der }) => der)
  if (best !== undefined) return invalidPath(ders, best.failures, session.budget, best.anchor)
  const message = `no trust anchor has issued ${last === undefined ? 'the path' : shownSubject(last)}`
  return invalidPath(ders, [{ index: ders.length - 1, ...finding('untrusted', message) }], session.budget)
}

function withoutAnchor(path: readonly PathCertificate[], anchors: readonly ReadAnchor[]): readonly PathCertificate[] {
  const last = path[path.length - 1]
  const isAnchor = anchors.some(
    ({ subjectKey, anchor }) =>
      last !== undefined && subjectKey === last.subjectKey && equalBytes(anchor.publicKey, last.publicKey),
  )
  return path.length > 1 && isAnchor ? path.slice(0, -1) : path
}

function readAnchors(anchors: readonly TrustAnchor[]): readonly ReadAnchor[] {
  if (anchors.length > maxAnchors) {
    throw new CertwrightError('configuration', `there are at most ${maxAnchors} trust anchors`)
  }
  return anchors.map(readAnchor)
}
