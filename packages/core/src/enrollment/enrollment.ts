import { toHex } from '../asn1/index.js'
import { type CertificateOrder, caRequestPrefix } from '../ca/index.js'
import { CertwrightError } from '../errors.js'
import type { AuditSink, CertificateRecord, Clock, CryptoBackend, RandomSource } from '../ports/index.js'
import { recognized } from './any-of.js'
import { undoneEvent } from './audit.js'
import { decide } from './decision.js'
import { checkProof } from './proof.js'
import { type Rejection, rejectionOf } from './rejection.js'
import { findPrevious } from './renewal.js'
import type {
  Enrollment,
  EnrollmentOutcome,
  EnrollmentPolicy,
  EnrollmentPolicyOptions,
  EnrollmentRequest,
  Grant,
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
    Object.entries(policies).map(([label, policy]) => [label, checkedPolicy(label, policy)]),
  )
  if (byLabel.size === 0) throw new CertwrightError('configuration', 'give at least one enrollment policy')

  const refuse = (context: RequestContext, { code, reason, actor }: Refusal): Promise<void> => {
    const details = { code, reason }
    return deps.audit.record(
      undoneEvent(deps.clock, context, byLabel.get(context.policy), {
        type: 'enrollment.refused',
        actor: actor ?? null,
        details,
      }),
    )
  }

  async function reject(request: EnrollmentRequest, rejection: Rejection): Promise<EnrollmentOutcome> {
    const { code, reason, forAudit = reason, reasons = [] } = rejection
    const { context, policy, requester } = request
    const details = { code, reason: forAudit, ...(reasons.length === 0 ? {} : { reasons: reasons.join(' ') }) }
    const undone = { type: 'enrollment.refused', actor: requester.name, details } as const
    await deps.audit.record(undoneEvent(deps.clock, context, policy, undone, request))
    return { kind: 'rejected', code, reason }
  }

  async function wait(request: EnrollmentRequest, retryAfter: number): Promise<EnrollmentOutcome> {
    const { context, policy, requester } = request
    const undone = { type: 'enrollment.pending', actor: requester.name, details: { retryAfter } } as const
    await deps.audit.record(undoneEvent(deps.clock, context, policy, undone, request))
    return { kind: 'pending', retryAfter }
  }

  async function enroll(request: EnrollmentRequest): Promise<EnrollmentOutcome> {
    if (request.context.requestId.startsWith(caRequestPrefix)) {
      return reject(request, { code: 'bad-request', reason: `ids of requests do not begin with ${caRequestPrefix}` })
    }
    const fault = await checkProof(deps.crypto, request)
    if (fault !== undefined) return reject(request, fault)
    const found = request.renewal ? await findPrevious(deps.clock, request) : undefined
    if (found !== undefined && 'code' in found) return reject(request, found)
    const previous = found?.record
    const question = { ...request, ...(previous === undefined ? {} : { previous }) }
    const decision = await decide(request.policy, question)
    if (decision.kind === 'denied') return reject(request, { code: 'not-authorized', reason: decision.reason })
    if (decision.kind === 'pending') return wait(request, decision.retryAfter)
    return issue(request, previous, decision.granted)
  }

  async function issue(
    request: EnrollmentRequest,
    previous: CertificateRecord | undefined,
    granted: Grant['granted'],
  ): Promise<EnrollmentOutcome> {
    const { issuer } = request.policy
    try {
      const { certificate } = await issuer.order(orderOf(request, previous, granted))
      return { kind: 'issued', certificate, chain: await issuer.certificates() }
    } catch (error) {
      const rejection = rejectionOf(error)
      if (rejection === undefined) throw error
      return reject(request, rejection)
    }
  }

  return Object.freeze({
    policy: (label) => byLabel.get(label),
    authenticate: async (policy, credentials, context) =>
      recognized(await policy.authenticate.authenticate(credentials, context)),
    enroll,
    refuse,
    newRequestId: () => toHex(deps.random.bytes(16)),
  } satisfies Enrollment)
}

/** The policy under its label, frozen. Field by field: spreading an object of a class would lose its methods, and permit. */
function checkedPolicy(label: string, policy: EnrollmentPolicyOptions): EnrollmentPolicy {
  const { issuer, profile, authenticate, authorize, approve, renewal, renews } = policy
  if (issuer.profiles !== undefined && !issuer.profiles.includes(profile)) {
    throw new CertwrightError(
      'configuration',
      `the policy "${label}" issues under the profile "${profile}", which ${issuer.id} does not have`,
    )
  }
  return Object.freeze({
    label,
    issuer,
    profile,
    authenticate,
    ...(authorize === undefined ? {} : { authorize: authorize.bind(policy) }),
    ...(approve === undefined ? {} : { approve: approve.bind(policy) }),
    ...(renewal === undefined ? {} : { renewal }),
    ...(renews === undefined ? {} : { renews }),
  })
}

function orderOf(
  request: EnrollmentRequest,
  previous: CertificateRecord | undefined,
  granted: Grant['granted'],
): CertificateOrder {
  const { context, policy, requester, publicKey, subject, extensions } = request
  const { protocol, operation, address, requestId } = context
  const { privileged, override } = granted
  return {
    ...granted,
    requestId,
    profile: policy.profile,
    requester: previous?.requester ?? requester.name,
    actor: requester.name,
    publicKey,
    subject,
    extensions,
    context: {
      protocol,
      operation,
      policy: context.policy,
      method: requester.method,
      ...(privileged === true ? { privileged } : {}),
      ...(override === undefined ? {} : { override: Object.keys(override).join(' ') }),
    },
    ...(address === undefined ? {} : { address }),
    ...(previous === undefined ? {} : { previousSerial: previous.serial }),
  }
}
