/**
 * Enrollment over Secure Transport (RFC 7030 with RFC 8951): server and client.
 *
 * @module
 */
export { type EstClient, type EstClientOptions, estClient } from './client.js'
export { createEst, type EstDeps } from './create-est.js'
export { EstRefusal, type EstRefusalCode, statusOf } from './errors.js'
export {
  buildCacertsRequest,
  buildEnrollRequest,
  type EnrollResult,
  EstResponseError,
  type EstTarget,
  processCacertsResponse,
  processEnrollResponse,
} from './exchange.js'
export { createEstHandler, type Est, type EstHandlerDeps, type EstOptions } from './handler.js'
