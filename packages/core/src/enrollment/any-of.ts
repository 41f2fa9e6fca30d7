import type { Authenticator } from './types.js'

/** Accepts whoever one of the authenticators accepts; they are asked in order. */
export function anyOf(...authenticators: readonly Authenticator[]): Authenticator {
  return Object.freeze({
    async authenticate(credentials, context) {
      for (const authenticator of authenticators) {
        const requester = await authenticator.authenticate(credentials, context)
        if (requester !== undefined) return requester
      }
      return undefined
    },
  } satisfies Authenticator)
}
