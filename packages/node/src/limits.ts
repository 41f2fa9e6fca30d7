/** Bounds of one listener. Every field has a default that suits small requests such as enrollments. */
export interface Limits {
  /** Largest request line and header fields together, octets. Default 16 384. Beyond it: status 431. */
  readonly headerBytes: number
  /** Most header fields of a request. Default 100. Beyond it: status 431. */
  readonly headerFields: number
  /** From the connection (or the previous answer) to the end of the header fields, milliseconds. Default 10 000. */
  readonly headersTimeoutMs: number
  /** From the connection (or the previous answer) to the end of the body, milliseconds. Default 30 000. Then: status 408. */
  readonly requestTimeoutMs: number
  /** How long a connection may lie idle between requests, milliseconds. Default 5 000. */
  readonly keepAliveTimeoutMs: number
  /** From the connection to the end of the TLS handshake, milliseconds. Default 10 000. */
  readonly handshakeTimeoutMs: number
  /** How long the client may leave an answer unread before the connection is cut, milliseconds. Default 30 000. */
  readonly writeTimeoutMs: number
  /** Most connections at a time for each address listened on. Default 10 000; further ones are closed at once. */
  readonly connections: number
  /** Most requests on one connection. Default 1 000. */
  readonly requestsPerConnection: number
}

/** The limits that hold where none are given. */
export const defaultLimits: Limits = {
  headerBytes: 16_384,
  headerFields: 100,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 5_000,
  handshakeTimeoutMs: 10_000,
  writeTimeoutMs: 30_000,
  connections: 10_000,
  requestsPerConnection: 1_000,
}

/** The limits given, and the defaults for the others; one that is there and undefined does not take a limit away. */
export function withDefaultLimits(given: Partial<Limits> = {}): Limits {
  const set = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...defaultLimits, ...Object.fromEntries(set) }
}
