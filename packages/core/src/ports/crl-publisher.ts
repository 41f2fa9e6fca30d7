/** A CRL on its way to where relying parties fetch it. */
export interface CrlPublication {
  /** Id of the CA that signed it, `organization~name`. */
  readonly issuer: string
  /** Name of the list, as in its URL: `crl`, `delta`, `7`, `7-delta`, `crl-k2` or that of an indirect CRL. */
  readonly list: string
  /** CRL number: greater than that of every list before it under the same issuer and name. */
  readonly number: number
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /** DER CertificateList. */
  readonly der: Uint8Array
}

/** A place where CRLs are fetched from. */
export interface CrlPublisher {
  /** Names it in logs, audit and metrics: 1 to 64 of `A-Z a-z 0-9 . _ : -`, another one for each. */
  readonly name: string
  /** Milliseconds that it may take for one list, 1 to 3,600,000; those of `CrlPublishingOptions` when absent. */
  readonly timeoutMs?: number
  /**
   * Puts the list in the place of the one before it with the same issuer and name: who fetches sees the whole old list
   * or the whole new one. The same list may come several times. For one issuer and name it is called again only after
   * it has ended.
   *
   * @param options.signal aborted when it takes too long; it then ends, and what it threw counts
   * @throws anything: the list is published again later. A CertwrightError says why; of other errors only the kind is told.
   */
  publish(crl: CrlPublication, options: { readonly signal: AbortSignal }): Promise<void>
}
