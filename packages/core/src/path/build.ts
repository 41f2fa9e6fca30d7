import { equalBytes } from '../asn1/index.js'
import { accessMethodOid } from '../x509/index.js'
import type { ReadAnchor } from './anchor.js'
import { BudgetExceeded } from './budget.js'
import type { PathCertificate } from './certificate.js'
import { ownFaults, shownSubject, signedPart } from './certificate-checks.js'
import { type Finding, finding, type PathFailure } from './failures.js'
import { inOrder } from './pool.js'
import { invalidPath, validPath } from './results.js'
import type { CheckStatuses } from './revocation/path-status.js'
import { addToPool, type Session } from './session.js'
import type { InvalidPath, PathResult } from './types.js'
import { validateCertificates } from './validate.js'

/** Addresses of issuers that are fetched for one certificate. */
const maxAddresses = 3

/** A path that came to nothing. */
interface Attempt {
  readonly path: readonly PathCertificate[]
  /** Absent where no anchor was reached. */
  readonly anchor?: ReadAnchor
  readonly failures: readonly PathFailure[]
}

/**
 * Searches a path from a certificate to one of the anchors, depth first. The same subject with the same key never stands in
 * a path twice, so it ends; the budget ends it early where cross-certificates multiply the paths.
 */
export async function searchPath(
  session: Session,
  leaf: PathCertificate,
  anchors: readonly ReadAnchor[],
  checkStatuses: CheckStatuses,
): Promise<PathResult> {
  let best: Attempt | undefined
  const note = (attempt: Attempt): void => {
    if (best === undefined || isBetter(attempt, best)) best = attempt
  }
  try {
    const found = await extend([leaf])
    return found ?? answer([])
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return answer([{ index: 0, ...finding('budget', error.message) }])
  }

  /** The best attempt; for one that reached no anchor, with all that its certificates are refused for themselves. */
  function answer(more: readonly PathFailure[]): InvalidPath {
    const { path, anchor, failures } = best ?? { path: [leaf], failures: [] }
    const own =
      anchor !== undefined
        ? []
        : path.flatMap((certificate, index) =>
            ownFaults(certificate, { isLeaf: index === 0 }, session.options).map((fault) => ({ index, ...fault })),
          )
    const all = [...failures, ...own.toReversed(), ...more]
    return invalidPath(
      path.map(({ der }) => der),
      all,
      session.budget,
      anchor,
    )
  }

  async function extend(path: readonly PathCertificate[]): Promise<PathResult | undefined> {
    const last = path[path.length - 1] ?? leaf
    const fail = (fault: Finding): void => note({ path, failures: [{ index: path.length - 1, ...fault }] })
    for (const anchor of anchors) {
      if (anchor.subjectKey !== last.issuerKey) continue
      const found = await endAt(path, anchor, fail)
      if (found !== undefined) return found
    }
    const tried = new Set<PathCertificate>()
    const given = await climb(path, tried, fail)
    if (given !== undefined) return given
    if (await fetchIssuers(session, last)) {
      const fetched = await climb(path, tried, fail)
      if (fetched !== undefined) return fetched
    }
    fail(finding('untrusted', `no issuer of ${shownSubject(last)} is known and trusted`))
    return undefined
  }

  async function endAt(path: readonly PathCertificate[], anchor: ReadAnchor, fail: (fault: Finding) => void) {
    const last = path[path.length - 1] ?? leaf
    const key = { publicKey: anchor.anchor.publicKey, publicKeyInfo: anchor.publicKeyInfo }
    const unsigned = await session.verifier.verify(signedPart(last), key)
    if (unsigned !== undefined) {
      fail(unsigned)
      return undefined
    }
    const { failures, policies } = await validateCertificates(session, path, anchor)
    const { statuses, failures: revoked } =
      failures.length > 0 ? { statuses: [], failures: [] } : await checkStatuses(session, path, anchor)
    if (failures.length + revoked.length === 0) return validPath(path, anchor, policies, statuses, session.budget)
    note({ path, anchor, failures: [...failures, ...revoked] })
    return undefined
  }

  /** Goes on with each certificate that may have issued the last one. */
  async function climb(path: readonly PathCertificate[], tried: Set<PathCertificate>, fail: (fault: Finding) => void) {
    const last = path[path.length - 1] ?? leaf
    for (const candidate of inOrder(session.pool.named(last.issuerKey), last, session.options.time)) {
      if (tried.has(candidate) || repeats(path, candidate) || isAnchor(candidate)) continue
      tried.add(candidate)
      session.budget.spend('steps')
      if (path.length >= session.budget.limits.maxDepth) {
        fail(finding('budget', `a path would have more than ${session.budget.limits.maxDepth} certificates`))
        return undefined
      }
      const unsigned = await session.verifier.verify(signedPart(last), candidate)
      if (unsigned !== undefined) {
        fail(unsigned)
        continue
      }
      const found = await extend([...path, candidate])
      if (found !== undefined) return found
    }
    return undefined
  }

  /** An anchor sent along as a certificate adds nothing to itself. */
  function isAnchor(candidate: PathCertificate): boolean {
    return anchors.some(
      ({ subjectKey, anchor }) =>
        subjectKey === candidate.subjectKey && equalBytes(anchor.publicKey, candidate.publicKey),
    )
  }
}

/** RFC 4158 section 2.4.2: the same entity with the same key again would only go round. */
const repeats = (path: readonly PathCertificate[], candidate: PathCertificate): boolean =>
  path.some(
    ({ subjectKey, publicKey }) => subjectKey === candidate.subjectKey && equalBytes(publicKey, candidate.publicKey),
  )

/** Which of two failed attempts tells more: one that reached an anchor, with the fewest faults; else the longer one. */
function isBetter(attempt: Attempt, than: Attempt): boolean {
  if ((attempt.anchor === undefined) !== (than.anchor === undefined)) return attempt.anchor !== undefined
  if (attempt.anchor !== undefined) return attempt.failures.length < than.failures.length
  return attempt.path.length > than.path.length
}

/** Asks for the issuers at the addresses that a certificate names (RFC 5280 section 4.2.2.1); whether any is new. */
async function fetchIssuers(session: Session, { extensions }: PathCertificate): Promise<boolean> {
  const source = session.deps.certificates
  if (source === undefined) return false
  const addresses = (extensions.authorityInfoAccess ?? []).flatMap(({ accessMethod, accessLocation }) =>
    accessMethod === accessMethodOid.caIssuers && accessLocation.type === 'uniformResourceIdentifier'
      ? [accessLocation.value]
      : [],
  )
  let added = false
  for (const uri of addresses.slice(0, maxAddresses)) {
    if (session.fetched.has(uri)) continue
    session.fetched.add(uri)
    session.budget.spend('fetches')
    const fetched = await source.fetch(uri, { signal: session.signal }).catch(() => [])
    for (const der of fetched.slice(0, session.budget.limits.maxCertificates)) {
      if (addToPool(session, der) !== undefined) added = true
    }
  }
  return added
}
