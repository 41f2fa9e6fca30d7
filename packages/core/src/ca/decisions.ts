import { describePublicKey, type PublicKeyDescription } from '../algorithms/index.js'
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

/** Milliseconds that a sink may take, where nothing else is said. */
const defaultTimeout = 10_000

/** Sinks that did not take the latest event they were given. */
const failing = new WeakSet<AuditSink>()
/** Sinks that are being asked whether they work again. */
const asked = new WeakMap<AuditSink, Promise<void>>()

/**
 * Asks a sink that failed before whether it works again, before anything is signed whose event it would have to take.
 *
 * @throws CertwrightError `audit` when it does not.
 */
export async function requireAudit(deps: CaDeps, requestId: string): Promise<void> {
  const sink = auditOf(deps)
  if (!failing.has(sink)) return
  const ask = () => auditDecision(deps, 'audit.resumed', program(requestId), {}).finally(() => asked.delete(sink))
  const answer = asked.get(sink) ?? ask()
  asked.set(sink, answer)
  await answer
}

/** @throws CertwrightError `configuration` for a time out of range. */
export function checkAuditTimeout({ auditTimeoutMs: given = defaultTimeout }: CaDeps): void {
  if (Number.isInteger(given) && given >= 1 && given <= 600_000) return
  throw new CertwrightError('configuration', 'auditTimeoutMs is 1 to 600000 milliseconds')
}

/** Records a decision. @throws CertwrightError `audit`: then it must not be carried out. */
export async function auditDecision(
  deps: CaDeps,
  type: AuditEventType,
  { actor, requestId, address, comment }: Decider,
  details: AuditEvent['details'],
): Promise<void> {
  const event: AuditEvent = {
    time: deps.clock.now(),
    type,
    actor,
    requestId,
    ...(address === undefined ? {} : { address }),
    details: comment === undefined ? details : { ...details, comment: comment.slice(0, maxText) },
  }
  const sink = auditOf(deps)
  try {
    await inTime(deps, sink.record(event))
    failing.delete(sink)
  } catch (cause) {
    failing.add(sink)
    if (cause instanceof CertwrightError && cause.code === 'audit') throw cause
    throw new CertwrightError('audit', 'the audit trail did not take the event', { cause })
  }
}

/** Waits no longer than a sink may take; what it records later stands there for an operation that did not happen. */
function inTime({ timer, auditTimeoutMs = defaultTimeout }: CaDeps, recording: Promise<void>): Promise<void> {
  if (timer === undefined) return recording
  return new Promise((resolve, reject) => {
    const late = `the audit trail did not take the event within ${auditTimeoutMs} milliseconds`
    const cancel = timer.after(auditTimeoutMs, () => reject(new CertwrightError('audit', late)))
    recording.then(resolve, reject).finally(cancel)
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
    return describedKeyDetails(describePublicKey(publicKey))
  } catch {
    return {}
  }
}

/** As `keyDetails`, for a key that is described already. */
export const describedKeyDetails = ({ curve, family, bits }: PublicKeyDescription) => ({
  keyAlgorithm: curve ?? family,
  keyBits: bits,
})

/** Serial number and key of a certificate (DER). */
export function certificateDetails(certificate: Uint8Array): Readonly<Record<string, string | number>> {
  const { serialNumber, subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
  return { serial: toHex(serialNumber), ...keyDetails(SubjectPublicKeyInfo.encode(subjectPublicKeyInfo)) }
}
