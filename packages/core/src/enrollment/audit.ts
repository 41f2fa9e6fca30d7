import { describePublicKey, type PublicKeyDescription } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { AuditEvent, AuditEventType, Clock } from '../ports/index.js'
import { formatName } from '../x509/index.js'
import type { EnrollmentPolicy, EnrollmentRequest, RequestContext } from './types.js'

/** What is recorded of a request that did not become a certificate. */
export interface Undone {
  readonly type: Extract<AuditEventType, 'enrollment.refused' | 'enrollment.pending'>
  readonly actor: string | null
  readonly details: Readonly<Record<string, string | number>>
}

/**
 * The event of a request that did not become a certificate: where it came in and what the policy of that place would have
 * had issued, where there is one; subject and key, as far as the request was read.
 */
export function undoneEvent(
  clock: Clock,
  context: RequestContext,
  policy: EnrollmentPolicy | undefined,
  { type, actor, details }: Undone,
  request?: EnrollmentRequest,
): AuditEvent {
  const { protocol, operation, address, requestId } = context
  const all = {
    protocol,
    operation,
    policy: context.policy,
    ...(policy === undefined ? {} : { profile: policy.profile, issuer: policy.issuer.id }),
    ...(request === undefined ? {} : contents(request)),
    ...details,
  }
  return {
    time: clock.now(),
    type,
    actor,
    requestId,
    ...(address === undefined ? {} : { address }),
    details: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, typeof value === 'string' ? printable(value) : value]),
    ),
  }
}

function contents({ requester, subject, publicKey }: EnrollmentRequest): Readonly<Record<string, string | number>> {
  const key = describedKey(publicKey)
  return {
    method: requester.method,
    subject: formatName(subject),
    ...(key === undefined ? {} : { keyAlgorithm: key.curve ?? key.family, keyBits: key.bits }),
  }
}

/** A key that nobody here knows is a reason to refuse, which stands in the event already. */
function describedKey(publicKey: Uint8Array): PublicKeyDescription | undefined {
  try {
    return describePublicKey(publicKey)
  } catch (error) {
    if (error instanceof CertwrightError) return undefined
    throw error
  }
}

/** At most 1000 characters, none of them control characters: what a client sent cannot forge lines of a log. */
const printable = (text: string): string => text.slice(0, 1000).replaceAll(/\p{Cc}/gu, '?')
