import type { Checkpoint } from './record.js'

/**
 * What is wrong with a trail.
 *
 * | kind | meaning |
 * |---|---|
 * | `altered` | the record, or one that it stands on, is not what was written; a line that is no record at all is that too |
 * | `missing` | the record is not there; at the end: the trail was cut off |
 * | `reordered` | the record is there, but later |
 * | `inserted` | the record is there although its place is taken: a copy, or one that was put in |
 * | `checkpoint` | the signed statement is not about this chain, or its signature does not verify |
 * | `unknown-key` | a checkpoint of a key that was not expected |
 * | `unsigned` | the chain does not begin with a checkpoint |
 * | `unknown-node` | the chain of a node that was not expected |
 */
export type AuditFaultKind =
  | 'altered'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'checkpoint'
  | 'unknown-key'
  | 'unsigned'
  | 'unknown-node'

/** The first thing that is wrong. */
export interface AuditFault {
  readonly kind: AuditFaultKind
  readonly node: string
  /** The record that it is about. */
  readonly sequence: number
  /** Number of the line where it came out, from 1; for a trail that was cut off the one after the last. */
  readonly line: number
  /** One sentence. */
  readonly message: string
}

/** The chain of a node that was found good. */
export interface VerifiedChain {
  readonly node: string
  /** Sequence number of its last record. */
  readonly sequence: number
  /** Hash of that record. */
  readonly hash: string
  /** The last checkpoint: what it covers is signed. */
  readonly checkpoint: Checkpoint
  /** Events after that: their order and content agree, and whoever can write to the store can have made them. */
  readonly unsigned: number
}

/** What a verification found. */
export type AuditVerification =
  | { readonly ok: true; readonly chains: readonly VerifiedChain[] }
  | { readonly ok: false; readonly fault: AuditFault }
