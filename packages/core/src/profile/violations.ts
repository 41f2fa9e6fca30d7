import { CertwrightError } from '../errors.js'

/** The kinds of fault of a request; `key-*` codes concern the public key, `server-key` who made it, `subject-*` the name, `name-*` the other names. */
export type ViolationCode =
  | 'key-type'
  | 'key-exponent'
  | 'key-size'
  | 'key-weak'
  | 'key-of-ca'
  | 'server-key'
  | 'subject-empty'
  | 'subject-value'
  | 'subject-missing'
  | 'subject-count'
  | 'subject-pattern'
  | 'subject-not-allowed'
  | 'subject-variable'
  | 'subject-homograph'
  | 'common-name'
  | 'name-missing'
  | 'name-not-allowed'
  | 'name-value'
  | 'name-count'
  | 'name-pattern'
  | 'name-homograph'
  | 'ca-not-allowed'
  | 'extension-critical'
  | 'extension-duplicate'
  | 'extension-malformed'
  | 'extension-not-allowed'
  | 'purpose-missing'
  | 'purpose-not-allowed'
  | 'validity-not-allowed'
  | 'validity-too-long'
  | 'issuer-expired'
  | 'issuer-unpublished'
  | 'override-not-allowed'

/** Why a profile refuses a request: one reason, as data. */
export interface Violation {
  readonly code: ViolationCode
  /** The field of the request at fault. */
  readonly field: string
  /** What was found and what is allowed, in one sentence for the person who made the request. */
  readonly message: string
  /** What the request holds, cut to 80 characters, with invisible characters escaped. */
  readonly found?: string
  /** What the profile allows. */
  readonly allowed?: string
  /** What to do. */
  readonly fix: string
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

/** Text from a request for people: short, and with what is invisible or reorders text escaped. @internal */
export const shown = (text: string): string =>
  Array.from(text.slice(0, 80), (character) =>
    /[\p{C}\p{Zl}\p{Zp}\u{f0000}]/u.test(character)
      ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
      : character,
  ).join('')
