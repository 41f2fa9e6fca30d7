import { CertwrightError } from '../../errors.js'

/** One fault of a `ProfileConfig`. */
export interface ProfileFault {
  /** Where: field names joined by dots. */
  readonly path: string
  readonly message: string
}

/** A `ProfileConfig` that cannot be used, with every fault found. */
export class ProfileConfigError extends CertwrightError {
  override readonly name = 'ProfileConfigError'

  constructor(
    profile: string,
    readonly faults: readonly ProfileFault[],
  ) {
    const list = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    super('profile-config', `profile "${profile}" cannot be used: ${list}`)
  }
}
