import type { Denial, EnrollmentPolicy, Grant, PolicyQuestion } from './types.js'

/** What the policy decided. */
export type Decision =
  | { readonly kind: 'approved'; readonly granted: Grant['granted'] }
  | { readonly kind: 'pending'; readonly retryAfter: number }
  | { readonly kind: 'denied'; readonly reason: string }

/**
 * Asks the policy: `authorize`, then `approve`. Only their words for yes permit anything: a function that forgets to answer,
 * or answers with something else where nothing checks types, denies.
 */
export async function decide(policy: EnrollmentPolicy, question: PolicyQuestion): Promise<Decision> {
  const authorized: unknown = policy.authorize === undefined ? true : await policy.authorize(question)
  if (authorized !== true && !isGrant(authorized)) return denied(authorized)
  const granted = authorized === true ? {} : authorized.granted
  const approval: unknown = policy.approve === undefined ? 'approved' : await policy.approve(question)
  if (approval === 'approved') return { kind: 'approved', granted }
  return isWait(approval) ? { kind: 'pending', retryAfter: approval.retryAfter } : denied(approval)
}

const isObject = (answer: unknown): answer is object => typeof answer === 'object' && answer !== null

const isGrant = (answer: unknown): answer is Grant =>
  isObject(answer) && !('denied' in answer) && 'granted' in answer && isObject(answer.granted)

const isWait = (answer: unknown): answer is { readonly retryAfter: number } =>
  isObject(answer) &&
  'retryAfter' in answer &&
  Number.isSafeInteger(answer.retryAfter) &&
  Number(answer.retryAfter) >= 0

const isDenial = (answer: unknown): answer is Denial =>
  isObject(answer) && 'denied' in answer && typeof answer.denied === 'string' && answer.denied !== ''

const denied = (answer: unknown): Decision => ({
  kind: 'denied',
  reason: isDenial(answer) ? answer.denied : 'the policy of this endpoint does not allow the request',
})
