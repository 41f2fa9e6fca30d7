/** One CAA record (RFC 8659 section 4.1). All of it is the domain owner's text: hostile until parsed. */
export interface CaaRecord {
  /** The octet of flags, 0 to 255; 128 is "issuer critical". */
  readonly flags: number
  /** The property tag as it was sent, such as `issue`. Letter case does not count. */
  readonly tag: string
  /** The property value, a character for each octet; an octet beyond ASCII is any character beyond ASCII. */
  readonly value: string
}

/** What the DNS says about the CAA records of one name. */
export type CaaAnswer =
  /** There are some: all of them, at the name or at what it is an alias of. */
  | { readonly kind: 'records'; readonly records: readonly CaaRecord[] }
  /** The name exists and has none (NODATA). */
  | { readonly kind: 'no-records' }
  /** The name does not exist (NXDOMAIN). */
  | { readonly kind: 'no-such-name' }
  /** It cannot be known: SERVFAIL, REFUSED, a timeout, DNSSEC data that do not verify, an answer that is malformed. */
  | { readonly kind: 'failure'; readonly reason: string }

/** Asks the DNS for CAA records. */
export interface CaaResolver {
  /**
   * The CAA records of exactly this name; who asks climbs the tree. The resolver follows CNAME and DNAME (RFC 8659
   * section 3), and answers from a cache only as long as the records' TTL allows. A `failure` is an answer, not an error;
   * whatever is thrown counts as one.
   *
   * @param name A-labels in lower case, without the dot at the end
   * @param options.signal ends the question; the answer is then no longer waited for
   */
  resolve(name: string, options: { readonly signal: AbortSignal }): Promise<CaaAnswer>
}
