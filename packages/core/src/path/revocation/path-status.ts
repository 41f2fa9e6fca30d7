import type { ReadAnchor } from '../anchor.js'
import type { PathCertificate } from '../certificate.js'
import { type Finding, finding, type PathFailure } from '../failures.js'
import { type Session, statusKey } from '../session.js'
import type { RevocationStatus } from '../sources.js'
import type { FindOther, PathAbove } from './crl-issuer.js'
import { statusByCrls } from './crl-status.js'

/** What is known of the certificates of a path, and what speaks against it. */
export interface PathStatuses {
  readonly statuses: readonly RevocationStatus[]
  readonly failures: readonly PathFailure[]
}

/** Checks a path that is otherwise valid. */
export type CheckStatuses = (
  session: Session,
  path: readonly PathCertificate[],
  anchor: ReadAnchor,
) => Promise<PathStatuses>

/**
 * RFC 5280 section 6.1.3 (a)(3) for each certificate of a path, from the anchor down; what is below a certificate that fails is
 * not asked about any more.
 */
export const createCheckStatuses =
  (findOther: FindOther): CheckStatuses =>
  async (session, path, anchor) => {
    const { revocation, revocationScope = 'all' } = session.options
    const statuses: RevocationStatus[] = path.map(() => ({ status: 'unchecked' }))
    if (revocation === 'none') return { statuses, failures: [] }
    for (let index = revocationScope === 'leaf' ? 0 : path.length - 1; index >= 0; index--) {
      const certificate = path[index] as PathCertificate
      const status = await statusOf(session, certificate, { certificates: path.slice(index + 1), anchor }, findOther)
      statuses[index] = status
      const fault = faultOf(status, revocation === 'hard-fail')
      if (fault !== undefined) return { statuses, failures: [{ index, ...fault }] }
    }
    return { statuses, failures: [] }
  }

function faultOf(status: RevocationStatus, hardFail: boolean): Finding | undefined {
  if (status.status === 'revoked') {
    const { reason, revocationDate } = status
    return finding('revoked', `the certificate was revoked on ${revocationDate.toISOString()} (${reason})`)
  }
  return status.status === 'unknown' && hardFail
    ? finding('status-unknown', `whether the certificate is revoked is not known: ${status.reason}`)
    : undefined
}

/** The source of statuses first, then CRLs. */
async function statusOf(
  session: Session,
  certificate: PathCertificate,
  above: PathAbove,
  findOther: FindOther,
): Promise<RevocationStatus> {
  const [issuer] = above.certificates
  const publicKey = issuer?.publicKey ?? above.anchor.anchor.publicKey
  const key = statusKey(certificate, publicKey, above.anchor)
  const known = session.statuses.get(key)
  if (known !== undefined) return known
  const answered = await askStatus(session, certificate, above, publicKey)
  const status =
    answered.status === 'unknown' && session.deps.crls !== undefined
      ? await statusByCrls(session, certificate, above, findOther)
      : answered
  // What is found while a CRL issuer is under validation rests on trust that may not come.
  if (session.crlIssuers.size === 0) session.statuses.set(key, status)
  return status
}

async function askStatus(
  session: Session,
  certificate: PathCertificate,
  { certificates: [issuer], anchor }: PathAbove,
  publicKey: Uint8Array,
): Promise<RevocationStatus> {
  const { deps, options, signal, budget } = session
  if (deps.statuses === undefined) return { status: 'unknown', reason: 'nobody was asked for its status' }
  budget.spend('fetches')
  const issuerCertificate = issuer?.der ?? anchor.anchor.certificate
  const query = {
    certificate: certificate.der,
    issuer: {
      name: issuer?.subject ?? anchor.anchor.name,
      publicKey,
      ...(issuerCertificate === undefined ? {} : { certificate: issuerCertificate }),
    },
    time: options.time,
    signal,
  }
  return deps.statuses
    .statusOf(query)
    .catch((): RevocationStatus => ({ status: 'unknown', reason: 'the source of statuses failed' }))
}
