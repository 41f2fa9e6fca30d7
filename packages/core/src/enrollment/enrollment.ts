import { toHex } from '../asn1/index.js'
import type { CertificateOrder } from '../ca/index.js'
import { CertwrightError } from '../errors.js'
import type {
  AuditEventType,
  AuditSink,
  CertificateRecord,
  Clock,
  CryptoBackend,
  RandomSource,
} from '../ports/index.js'
import { checkProof } from './proof.js'
import { type Rejection, rejectionOf } from './rejection.js'
import { findPrevious } from './renewal.js'
import type {
  Enrollment,
  EnrollmentOutcome,
  EnrollmentPolicy,
  EnrollmentPolicyOptions,
  EnrollmentRequest,
  Refusal,
  RequestContext,
} from './types.js'

/** What the door needs. */
export interface EnrollmentDeps {
  readonly audit: AuditSink
  readonly clock: Clock
  readonly random: RandomSource
  readonly crypto: CryptoBackend
}

/**
 * The single door: authenticate -> check the proof -> authorize -> approve -> issue.
 *
 * @param policies by label; a label may have several segments joined by `/`, and `''` is the endpoint without label
 * @throws CertwrightError `configuration` when a policy names a profile that its issuer does not have.
 */
export function createEnrollment(
  deps: EnrollmentDeps,
  policies: Readonly<Record<string, EnrollmentPolicyOptions>>,
): Enrollment {
  const byLabel = new Map<string, EnrollmentPolicy>(
    Object.entries(policies).map(([label, policy]) => [label, Object.freeze({ ...policy, label })]),
  )
  if (byLabel.size === 0) throw new CertwrightError('configuration', 'give at least one enrollment policy')

  const refuse = (context: RequestContext, refusal: Refusal): Promise<void> =>
    deps.audit.record(
      event(deps.clock, 'enrollment.refused', context, refusal.actor ?? null, {
        code: refusal.code,
        reason: printable(refusal.reason),
      }),
    )

  async function reject(request: EnrollmentRequest, rejection: Rejection): Promise<EnrollmentOutcome> {
    await refuse(request.context, { ...rejection, actor: request.requester.name })
    return { kind: 'rejected', ...rejection }
  }

  async function enroll(request: EnrollmentRequest): Promise<EnrollmentOutcome> {
    const fault = await checkProof(deps.crypto, request)
    if (fault !== undefined) return reject(request, fault)
    const previous = request.renewal ? await findPrevious(deps.clock, request) : undefined
    if (previous !== undefined && 'code' in previous) return reject(request, previous)
    const authorized = (await request.policy.authorize?.(request)) ?? true
    if (authorized !== true) return reject(request, { code: 'not-authorized', reason: authorized.denied })
    const approval = (await request.policy.approve?.(request)) ?? 'approved'
    if (approval !== 'approved') {
      if ('denied' in approval) return reject(request, { code: 'not-authorized', reason: approval.denied })
      const details = { retryAfter: approval.retryAfter }
      await deps.audit.record(event(deps.clock, 'enrollment.pending', request.context, request.requester.name, details))
      return { kind: 'pending', retryAfter: approval.retryAfter }
    }
    return issue(request, previous?.record)
  }

  async function issue(
    request: EnrollmentRequest,
    previous: CertificateRecord | undefined,
  ): Promise<EnrollmentOutcome> {
    const { issuer } = request.policy
    try {
      const { certificate } = await issuer.order(orderOf(request, previous))
      return { kind: 'issued', certificate, chain: await issuer.certificates() }
    } catch (error) {
      const rejection = rejectionOf(error)
      if (rejection === undefined) throw error
      return reject(request, rejection)
    }
  }

  return Object.freeze({
    policy: (label) => byLabel.get(label),
    authenticate: (policy, credentials, context) => policy.authenticate.authenticate(credentials, context),
    enroll,
    refuse,
    newRequestId: () => toHex(deps.random.bytes(16)),
  } satisfies Enrollment)
}

function orderOf(request: EnrollmentRequest, previous: CertificateRecord | undefined): CertificateOrder {
  const { context, policy, requester, publicKey, subject, extensions } = request
  const { protocol, operation, address, requestId } = context
  return {
    requestId,
    profile: policy.profile,
    requester: previous?.requester ?? requester.name,
    actor: requester.name,
    publicKey,
    subject,
    extensions,
    context: { protocol, operation, policy: context.policy, method: requester.method },
    ...(address === undefined ? {} : { address }),
    ...(previous === undefined ? {} : { previousSerial: previous.serial }),
  }
}

function event(
  clock: Clock,
  type: AuditEventType,
  { protocol, operation, policy, address, requestId }: RequestContext,
  actor: string | null,
  details: Readonly<Record<string, string | number>>,
) {
  return {
    time: clock.now(),
    type,
    actor,
    requestId,
    ...(address === undefined ? {} : { address }),
    details: { protocol, operation: printable(operation), policy: printable(policy), ...details },
  }
}

/** At most 500 characters, none of them control characters: what a client sent cannot forge lines of a log. */
const printable = (text: string): string => text.slice(0, 500).replaceAll(/\p{Cc}/gu, '?')
