import { CertwrightError } from '../errors.js'

/** Why a profile refuses a request: one reason, as data. */
export interface Violation {
  /** The kind of fault; `key-*` codes concern the public key. */
  readonly code:
    | 'key-type'
    | 'key-exponent'
    | 'subject-empty'
    | 'subject-value'
    | 'name-missing'
    | 'name-not-allowed'
    | 'name-value'
    | 'ca-not-allowed'
    | 'extension-critical'
    | 'extension-malformed'
    | 'purpose-not-allowed'
    | 'issuer-expired'
  /** The field of the request at fault. */
  readonly field: string
  /** What was found and what is allowed, in one sentence for the person who made the request. */
  readonly message: string
}

/** A request that its profile does not allow, with every violation found. */
export class ProfileViolationError extends CertwrightError {
  override readonly name = 'ProfileViolationError'

  constructor(
    readonly profile: string,
    readonly violations: readonly Violation[],
  ) {
    super('profile-violation', violations.map(({ field, message }) => `${field}: ${message}`).join('; '))
  }
}
