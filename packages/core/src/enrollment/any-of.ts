import type { Authenticator, Requester } from './types.js'

/** Accepts whoever one of the authenticators accepts; they are asked in order. */
export function anyOf(...authenticators: readonly Authenticator[]): Authenticator {
  return Object.freeze({
    async authenticate(credentials, context) {
      for (const authenticator of authenticators) {
        const requester = recognized(await authenticator.authenticate(credentials, context))
        if (requester !== undefined) return requester
      }
      return undefined
    },
  } satisfies Authenticator)
}

/**
 * Somebody with a name, or nobody: `null`, `false` and whatever else an authenticator without types may answer is nobody.
 *
 * @internal
 */
export const recognized = (answer: Requester | undefined): Requester | undefined =>
  typeof answer === 'object' && answer !== null && typeof answer.name === 'string' && answer.name !== ''
    ? answer
    : undefined
