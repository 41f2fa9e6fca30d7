import type { CRLReason, DistributionPoint } from '../../x509/index.js'
import type { PathCertificate } from '../certificate.js'
import type { Session } from '../session.js'
import type { RevocationStatus } from '../sources.js'
import { type ReadCrl, readCrl, staleness } from './crl.js'
import { type FindOther, type PathAbove, signerOf } from './crl-issuer.js'
import { type Lookup, lookUp } from './entries.js'
import { allReasons, continues, coveredReasons, scopeFault } from './scope.js'

/** Distribution points of a certificate that are gone through. */
const maxPoints = 20

interface Found {
  /** reasons_mask */
  readonly reasons: ReadonlySet<string>
  readonly revoked: { readonly reason: CRLReason; readonly revocationDate: Date } | undefined
  /** Why the CRLs at hand did not help, the latest. */
  readonly why: string
}

/**
 * The status of a certificate by the CRLs that a source has: RFC 5280 section 6.3.3, delta CRLs used where there are any.
 *
 * @param above who issued the certificate
 */
export async function statusByCrls(
  session: Session,
  certificate: PathCertificate,
  above: PathAbove,
  findOther: FindOther,
): Promise<RevocationStatus> {
  const { crls, faults } = await fetchCrls(session, certificate)
  const complete = crls.filter(({ baseNumber }) => baseNumber === undefined)
  const deltas = crls.filter(({ baseNumber }) => baseNumber !== undefined)
  let found: Found = { reasons: new Set(), revoked: undefined, why: faults[0] ?? 'there is no CRL about it' }
  for (const point of pointsOf(certificate)) {
    for (const crl of complete) {
      found = await consider(session, certificate, point, crl, deltas, above, findOther, found)
      if (found.revoked !== undefined) return { status: 'revoked', ...found.revoked }
      if (found.reasons.size === allReasons.size) return { status: 'good' }
    }
  }
  return {
    status: 'unknown',
    reason: found.reasons.size > 0 ? 'the CRLs at hand are about some reasons only' : found.why,
  }
}

/** The points of the certificate; last the one that section 6.3.3 assumes: the issuer's name, for all reasons. */
const pointsOf = ({ extensions, issuer }: PathCertificate): readonly DistributionPoint[] => [
  ...(extensions.cRLDistributionPoints ?? []).slice(0, maxPoints),
  { distributionPoint: { type: 'fullName', value: [{ type: 'directoryName', value: issuer }] } },
]

/** Steps (b) to (l) for one CRL at one point. */
async function consider(
  session: Session,
  certificate: PathCertificate,
  point: DistributionPoint,
  crl: ReadCrl,
  deltas: readonly ReadCrl[],
  above: PathAbove,
  findOther: FindOther,
  before: Found,
): Promise<Found> {
  const { time } = session.options
  const fault = scopeFault(certificate, point, crl) ?? staleness(crl, time)
  const covered = coveredReasons(point, crl)
  if (fault !== undefined) return { ...before, why: fault }
  if ([...covered].every((reason) => before.reasons.has(reason))) return before
  const signer = await signerOf(session, crl, certificate, above, findOther)
  if (typeof signer === 'string') return { ...before, why: signer }
  let lookup: Lookup = { found: 'nothing' }
  for (const delta of deltas) {
    if (!continues(delta, crl) || staleness(delta, time) !== undefined) continue
    if ((await session.verifier.verify(delta.signed, signer)) !== undefined) continue
    lookup = lookUp(delta, certificate, session.budget)
    if (lookup.found !== 'unusable') break
    lookup = { found: 'nothing' }
  }
  if (lookup.found === 'nothing') lookup = lookUp(crl, certificate, session.budget)
  if (lookup.found === 'unusable') return { ...before, why: lookup.why }
  const revoked = lookup.found === 'entry' && lookup.reason !== 'removeFromCRL' ? lookup : undefined
  return {
    reasons: new Set([...before.reasons, ...covered]),
    revoked: revoked && { reason: revoked.reason, revocationDate: revoked.revocationDate },
    why: before.why,
  }
}

/** The CRLs at hand that can be read, the latest first. */
async function fetchCrls(session: Session, certificate: PathCertificate) {
  const { deps, options, signal, budget } = session
  if (deps.crls === undefined) return { crls: [], faults: ['nobody was asked for CRLs'] }
  budget.spend('fetches')
  const query = {
    certificate: certificate.der,
    issuer: certificate.issuer,
    distributionPoints: certificate.extensions.cRLDistributionPoints ?? [],
    freshestCrl: certificate.extensions.freshestCRL ?? [],
    time: options.time,
    signal,
  }
  const answered = await deps.crls.find(query).catch(() => undefined)
  if (answered === undefined) return { crls: [], faults: ['the source of CRLs failed'] }
  const read = answered.slice(0, budget.limits.maxCrls).map(readCrl)
  return {
    crls: read
      .filter((crl) => typeof crl !== 'string')
      .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime() || compareNumbers(b.number, a.number)),
    faults: read.filter((crl) => typeof crl === 'string'),
  }
}

const compareNumbers = (a = 0n, b = 0n): number => (a < b ? -1 : a > b ? 1 : 0)
