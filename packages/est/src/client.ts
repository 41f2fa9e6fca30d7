import {
  buildCacertsRequest,
  buildEnrollRequest,
  type EnrollResult,
  type EstTarget,
  processCacertsResponse,
  processEnrollResponse,
} from './exchange.js'

/** What a client needs. */
export interface EstClientOptions extends EstTarget {
  /**
   * Sends a request; `globalThis.fetch` when absent. Give your own to present a client certificate or to trust your own
   * root (with `undici`: a dispatcher with `connect: { ca, cert, key }`).
   */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Largest accepted answer, octets. Default 1 048 576. */
  readonly maxResponseBytes?: number
}

/** The client side of EST. */
export interface EstClient {
  /** DER CA certificates; see `processCacertsResponse`. */
  cacerts(): Promise<readonly Uint8Array[]>
  /** Sends a DER certification request for a first certificate. */
  simpleenroll(request: Uint8Array): Promise<EnrollResult>
  /** Sends a DER certification request for the successor of the certificate that `fetch` presents. */
  simplereenroll(request: Uint8Array): Promise<EnrollResult>
}

/**
 * A client for one EST server. Each method is one request; redirects are not followed, since whom to trust next is the
 * caller's decision (RFC 7030 section 3.2.1).
 *
 * @throws EstResponseError from every method when the answer is no success; CertwrightError `configuration` from every
 * method when the options are not those of a server; what `fetch` throws passes through.
 */
export function estClient(options: EstClientOptions): EstClient {
  const send = options.fetch ?? ((request: Request) => fetch(request))
  const limit = options.maxResponseBytes ?? 1_048_576
  const enroll = async (operation: 'simpleenroll' | 'simplereenroll', request: Uint8Array): Promise<EnrollResult> =>
    processEnrollResponse(await send(buildEnrollRequest(options, operation, request)), request, limit)
  return Object.freeze({
    cacerts: async () => processCacertsResponse(await send(buildCacertsRequest(options)), limit),
    simpleenroll: (request) => enroll('simpleenroll', request),
    simplereenroll: (request) => enroll('simplereenroll', request),
  } satisfies EstClient)
}
