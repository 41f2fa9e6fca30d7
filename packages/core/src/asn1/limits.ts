/**
 * Budgets of one decode. Each has a default that real certificates, requests and messages stay far below; raise one per
 * call for a known large input, such as the CRL of a big CA.
 */
export interface DecodeLimits {
  /** Octets of input. Default 16 MiB. */
  readonly maxSize?: number
  /** Elements nested in each other. Default 64. */
  readonly maxDepth?: number
  /** Elements (tag, length, value) that the schema looks at. Default 1,000,000. */
  readonly maxElements?: number
  /** Content octets of one OBJECT IDENTIFIER. Default 256. An arc has at most 64 octets (448 bits) whatever the limit. */
  readonly maxObjectIdentifier?: number
}

/** Options of `Schema.decode`. */
export interface DecodeOptions extends DecodeLimits {
  /**
   * `der` (default): only the one encoding that X.690 sections 10 and 11 allow. `ber`: also indefinite and non-minimal
   * lengths, strings in pieces, present DEFAULT values, unordered sets and other true values than FF; for CMS messages
   * of old clients. Offsets in errors count octets after indefinite lengths have been made definite, and signed parts
   * keep the octets they came with except for that.
   */
  readonly encoding?: 'der' | 'ber'
}

/** The budgets used where a call gives none. */
export const defaultLimits = {
  maxSize: 16 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 1_000_000,
  maxObjectIdentifier: 256,
} as const satisfies Required<DecodeLimits>
