import type { Awaitable } from './signer.js'

/** Keys that must not be certified: published, stolen, or made by broken software. */
export interface KeyBlocklist {
  /**
   * Why a key must not be certified, in one sentence for its owner; `undefined` when nothing is known against it.
   *
   * @param publicKey DER SubjectPublicKeyInfo
   */
  find(publicKey: Uint8Array): Awaitable<string | undefined>
}
