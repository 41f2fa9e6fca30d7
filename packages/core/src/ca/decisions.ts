import { describePublicKey } from '../algorithms/index.js'
import { toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { AuditEvent, AuditEventType, AuditSink } from '../ports/index.js'
import { Certificate, SubjectPublicKeyInfo } from '../x509/index.js'
import type { CaDeps, StatusActor } from './types.js'

/** The sink that a CA's events go to. */
export const auditOf = ({ audit, store }: Pick<CaDeps, 'audit' | 'store'>): AuditSink => audit ?? store.audit

/** Who decides; `null` when the program itself does, such as at its start. */
export type Decider = Pick<StatusActor, 'requestId' | 'address' | 'comment'> & { readonly actor: string | null }

/** Whoever runs the program, where nobody else is named. */
export const program = (requestId: string): Decider => ({ actor: null, requestId })

/** Characters of a comment and of a reason. */
const maxText = 1000

/** Records a decision. @throws CertwrightError `audit`: then it must not be carried out. */
export async function auditDecision(
  deps: CaDeps,
  type: AuditEventType,
  { actor, requestId, address, comment }: Decider,
  details: AuditEvent['details'],
): Promise<void> {
  await auditOf(deps).record({
    time: deps.clock.now(),
    type,
    actor,
    requestId,
    ...(address === undefined ? {} : { address }),
    details: { ...details, ...(comment === undefined ? {} : { comment: comment.slice(0, maxText) }) },
  })
}

/** Why something was refused, in a form that is safe to print. */
export interface Failure {
  readonly code: string
  readonly reason: string
}

/**
 * Does some work; when it is refused or fails, that is recorded before it is told. It is refused all the same when it
 * cannot be recorded, which is then logged.
 */
export async function auditingRefusal<T>(
  deps: CaDeps,
  type: 'ca.refused' | 'certificate.refused' | 'certificate.status-change-failed',
  by: Decider,
  details: (failure: Failure) => AuditEvent['details'],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // The sink that did not take the decision is not asked again.
    if (error instanceof CertwrightError && error.code === 'audit') throw error
    const refused = auditDecision(deps, type, by, details(failureOf(error)))
    await refused.catch((cause: unknown) => deps.logger.error('a refusal was not audited', { type, cause }))
    throw error
  }
}

/** Of an error that is not ours nothing is told. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof CertwrightError)) return { code: 'unexpected', reason: 'an unexpected error' }
  return { code: error.code, reason: error.message.slice(0, maxText).replaceAll(/\p{Cc}/gu, '?') }
}

/** Algorithm and size of a key (DER SubjectPublicKeyInfo); nothing of one that is not understood. */
export function keyDetails(publicKey: Uint8Array): Readonly<Record<string, string | number>> {
  try {
    const { curve, family, bits } = describePublicKey(publicKey)
    return { keyAlgorithm: curve ?? family, keyBits: bits }
  } catch {
    return {}
  }
}

/** Serial number and key of a certificate (DER). */
export function certificateDetails(certificate: Uint8Array): Readonly<Record<string, string | number>> {
  const { serialNumber, subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
  return { serial: toHex(serialNumber), ...keyDetails(SubjectPublicKeyInfo.encode(subjectPublicKeyInfo)) }
}
