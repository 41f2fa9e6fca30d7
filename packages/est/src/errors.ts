import type { RejectionCode } from '@certwright/core/enrollment'
import { HttpError } from '@certwright/core/http'

/** Every reason for which EST refuses a request: those of the enrollment door and those of the transfer. */
export type EstRefusalCode =
  | RejectionCode
  | 'insecure'
  | 'unknown-operation'
  | 'unknown-label'
  | 'method'
  | 'unauthenticated'
  | 'content-type'
  | 'too-large'
  | 'internal'

/** The one table from reason to HTTP status (RFC 7030 section 4.2.3 leaves the choice of 4xx and 5xx to us). */
export const statusOf: Readonly<Record<EstRefusalCode, number>> = {
  // The transfer.
  insecure: 403,
  'unknown-operation': 404,
  'unknown-label': 404,
  method: 405,
  unauthenticated: 401,
  'content-type': 415,
  'too-large': 413,
  // The request itself.
  'bad-request': 400,
  'bad-proof': 400,
  'weak-key': 400,
  // What the requester may have.
  'not-allowed': 403,
  'not-authorized': 403,
  // The server.
  unavailable: 503,
  internal: 500,
}

/** A request that EST refuses; the message is for the client. */
export class EstRefusal extends HttpError {
  override readonly name = 'EstRefusal'

  /** @param refusal why, for the audit and the status */
  constructor(
    readonly refusal: EstRefusalCode,
    message: string,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(statusOf[refusal], message, options)
  }
}
