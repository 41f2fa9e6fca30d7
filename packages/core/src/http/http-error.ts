import { CertwrightError } from '../errors.js'

/** What an `HttpError` may carry beside its status and text. */
export interface HttpErrorOptions {
  /** Response headers that belong to the status: `Allow`, `Retry-After`, `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>
  /** The lower error, for logs only. */
  readonly cause?: unknown
}

/**
 * A request that is answered with an error status. The message is sent to the client as plain text, so it names what to
 * fix and holds no secret.
 */
export class HttpError extends CertwrightError {
  override readonly name: string = 'HttpError'
  /** Response headers that belong to the status. */
  readonly headers: Readonly<Record<string, string>>

  /**
   * @param status HTTP status, 400 to 599 (RFC 9110 sections 15.5 and 15.6)
   * @param message one sentence for the client
   */
  constructor(
    readonly status: number,
    message: string,
    options: HttpErrorOptions = {},
  ) {
    super('http', message, options.cause === undefined ? undefined : { cause: options.cause })
    this.headers = options.headers ?? {}
  }
}
