import { CertwrightError, type ErrorCode } from '../errors.js'

/**
 * Runs the code of another library, whose errors are of any kind, and throws a typed one in their place.
 *
 * @param what the sentence that tells the caller what was refused
 * @internal
 */
export function readBy<T>(code: ErrorCode, what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new CertwrightError(code, what, { cause })
  }
}
