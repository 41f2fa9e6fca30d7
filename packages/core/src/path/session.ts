import { toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { ReadAnchor } from './anchor.js'
import { type Budget, createBudget } from './budget.js'
import { isReadable, type PathCertificate, readCertificate } from './certificate.js'
import { createPool, type Pool } from './pool.js'
import { createVerifier, type Verifier } from './signature.js'
import type { RevocationStatus } from './sources.js'
import type { PathDeps, PathOptions } from './types.js'

/** All that one answer works with and remembers. */
export interface Session {
  readonly deps: PathDeps
  readonly options: PathOptions
  readonly budget: Budget
  readonly verifier: Verifier
  readonly pool: Pool
  readonly signal: AbortSignal
  /** Statuses found, by certificate and key of its issuer. */
  readonly statuses: Map<string, RevocationStatus>
  /** CRL issuers whose own paths are being validated: they may be the subject of their own CRL. */
  readonly crlIssuers: Set<string>
  /** Addresses that were asked for issuers. */
  readonly fetched: Set<string>
}

/**
 * Checks the options and reads what the caller gave; intermediates that cannot be read are as good as not given.
 *
 * @throws CertwrightError `configuration` for options that contradict each other.
 */
export function createSession(deps: PathDeps, options: PathOptions): Session {
  if (Number.isNaN(options.time.getTime())) throw new CertwrightError('configuration', 'the time is no moment')
  const modes: readonly string[] = ['none', 'soft-fail', 'hard-fail']
  if (!modes.includes(options.revocation)) {
    throw new CertwrightError('configuration', `revocation is one of ${modes.join(', ')}`)
  }
  if (options.revocation !== 'none' && deps.crls === undefined && deps.statuses === undefined) {
    throw new CertwrightError(
      'configuration',
      'whether a certificate is revoked can only be told with crls or statuses',
    )
  }
  const budget = createBudget(options.limits)
  const session: Session = {
    deps,
    options,
    budget,
    verifier: createVerifier(deps.crypto, budget, options.algorithms),
    pool: createPool(budget.limits.maxCertificates),
    signal: options.signal ?? new AbortController().signal,
    statuses: new Map(),
    crlIssuers: new Set(),
    fetched: new Set(),
  }
  for (const der of options.intermediates ?? []) addToPool(session, der)
  return session
}

/** Reads a certificate within the limits and keeps it; nothing when it cannot be read. */
export function addToPool({ pool, budget }: Session, der: Uint8Array): PathCertificate | undefined {
  const read = readCertificate(der, { maxSize: budget.limits.maxCertificateSize })
  return isReadable(read) && pool.add(read) ? read : undefined
}

/** What a status is remembered under: who issued the certificate, and the anchor under which CRLs were accepted. */
export const statusKey = (certificate: PathCertificate, issuerPublicKey: Uint8Array, anchor: ReadAnchor): string =>
  JSON.stringify([certificate.id, toHex(issuerPublicKey), anchor.subjectKey, toHex(anchor.anchor.publicKey)])
