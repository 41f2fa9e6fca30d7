/**
 * Helpers for handlers of the form `(request: Request, peer: Peer) => Promise<Response>`.
 *
 * @module
 */
export { type BasicCredentials, basicChallenge, basicCredentials } from './basic.js'
export { type ContentType, parseContentType } from './content-type.js'
export type { Handler } from './handler.js'
export { HttpError, type HttpErrorOptions } from './http-error.js'
export type { Peer } from './peer.js'
export { readBody } from './read-body.js'
export { bytesResponse, errorResponse, textResponse } from './responses.js'
