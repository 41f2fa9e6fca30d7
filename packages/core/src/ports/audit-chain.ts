/** A link of a node's audit chain as it is kept: opaque to the store. */
export interface ChainedRecord {
  /** Id of the node whose chain it belongs to: 1 to 128 of `A-Z a-z 0-9 . _ : -`. */
  readonly node: string
  /** Place in the chain: 1, 2, 3, ... without gaps. */
  readonly sequence: number
  /** The canonical text, whose UTF-8 octets the hash is of; at most 256 KiB. */
  readonly content: string
  /** SHA-256 in lower-case hexadecimal. */
  readonly hash: string
}

/** What `append` takes at most in one call. */
export type ChainedRecords = readonly ChainedRecord[]

/**
 * Keeps the audit chains of any number of nodes. It checks places, not hashes: those are checked by whoever verifies. It has
 * no method that changes or deletes.
 */
export interface AuditChain {
  /**
   * Adds records to the end of one node's chain and returns when they are durable. Atomic: all or none. Of two writers
   * with the same sequence number one succeeds, and no gap ever comes to be.
   *
   * @param records 1 to 1000, of one node, with consecutive sequence numbers
   * @throws CertwrightError `conflict` when the first of them is not the next of the chain; `limit` or `configuration` for
   *   records that no store takes.
   */
  append(records: ChainedRecords): Promise<void>
  /** The last record of the node's chain, as committed; `undefined` when it has none. */
  last(node: string): Promise<ChainedRecord | undefined>
  /**
   * Records of a node in the order of the chain.
   *
   * @param options `after`: the sequence number before the first one wanted, 0 when absent; `limit`: 1 to 1000, 100 when
   *   absent
   */
  read(node: string, options?: { readonly after?: number; readonly limit?: number }): Promise<ChainedRecords>
  /**
   * Ids of the nodes that have a chain, in the order of their code points.
   *
   * @param options `after`: the id before the first one wanted; `limit`: 1 to 1000, 100 when absent
   */
  nodes(options?: { readonly after?: string; readonly limit?: number }): Promise<readonly string[]>
}
