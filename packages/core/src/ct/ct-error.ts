import { CertwrightError } from '../errors.js'

/**
 * What went wrong with one log.
 *
 * | kind | |
 * |---|---|
 * | `unreachable` | no connection, or one that broke |
 * | `timeout` | no answer in time |
 * | `busy` | it asks to come later (429, 503), and we have |
 * | `failed` | another answer of 5xx |
 * | `refused` | an answer of 3xx or 4xx: it does not take the chain |
 * | `faulty` | an answer that is no timestamp, is too large, or has a signature that does not verify |
 */
export type CtFailureKind = 'unreachable' | 'timeout' | 'busy' | 'failed' | 'refused' | 'faulty'

/** Why there is no timestamp of a log. */
export interface CtFailure {
  /** `CtLog.name`. */
  readonly log: string
  readonly kind: CtFailureKind
  /** One sentence of ours: nothing of what the log wrote. */
  readonly reason: string
}

/** Timestamps that could not be had. */
export class CtError extends CertwrightError {
  override readonly name = 'CtError'

  /**
   * @param failures one for each log that gave no timestamp
   * @param temporary whether to try again later may help
   */
  constructor(
    message: string,
    readonly failures: readonly CtFailure[],
    readonly temporary: boolean,
    options?: { readonly cause?: unknown },
  ) {
    super('ct', message, options)
  }
}

/** The error of one log. */
export const logError = (failure: CtFailure, cause?: unknown): CtError =>
  new CtError(
    `the log "${failure.log}" gave no timestamp: ${failure.reason}`,
    [failure],
    failure.kind !== 'refused',
    cause === undefined ? undefined : { cause },
  )
