/**
 * What the transport knows about the other side of a request; adapters (`packages/node`, or your own) fill it in. It is
 * evidence, not identity: authenticators decide what it proves.
 */
export interface Peer {
  /** Network address, for audit and logs. */
  readonly address?: string
  /** Whether the request came over TLS that ends in this process (or at a proxy that the adapter trusts). */
  readonly secure: boolean
  /**
   * DER certificates that the client presented in the TLS handshake, its own first. The handshake proves possession of
   * the key of the first; nothing else about them has been checked.
   */
  readonly clientCertificates: readonly Uint8Array[]
}
