import type { AuditFault, VerifiedChain } from './fault.js'
import { type AuditRecord, type Checkpoint, startHash } from './record.js'

/** How far the chain of a node was found good. */
export interface ChainState {
  readonly node: string
  sequence: number
  /** Hash of the last record; `undefined` before the first. */
  hash: string | undefined
  /** Sequence number of the last record that is a checkpoint. */
  signed: number
  checkpoint: Checkpoint | undefined
}

/** Why a record that fits its own hash is not the next one of the chain. */
export function chainFault(
  chain: ChainState,
  { record }: { readonly record: AuditRecord },
): Omit<AuditFault, 'line'> | undefined {
  const { node } = chain
  const expected = chain.sequence + 1
  const fault = (kind: AuditFault['kind'], sequence: number, what: string) => ({
    kind,
    node,
    sequence,
    message: `record ${sequence} of ${node} ${what}`,
  })
  if (record.sequence > expected) return fault('missing', expected, `is missing: ${record.sequence} is in its place`)
  if (record.sequence < expected) return fault('inserted', record.sequence, 'is there again after its place was taken')
  if (record.previous === (chain.hash ?? startHash)) return undefined
  // One of the two is not what was written. The earlier one, unless a signature says that it is good.
  if (expected === 1 || chain.signed === chain.sequence)
    return fault('altered', expected, 'does not follow the one before')
  return fault('altered', expected - 1, 'was altered: the next one follows another hash')
}

/** Takes a record that was found good. */
export function extend(
  chain: ChainState,
  { record, hash }: { readonly record: AuditRecord; readonly hash: string },
): void {
  chain.sequence = record.sequence
  chain.hash = hash
  if (record.body.kind === 'event') return
  chain.signed = record.sequence
  chain.checkpoint = record.body.checkpoint
}

/** The chain as it is told at the end; `undefined` if it has no record. */
export function verifiedChain({ node, sequence, hash, signed, checkpoint }: ChainState): VerifiedChain | undefined {
  if (hash === undefined || checkpoint === undefined) return undefined
  return { node, sequence, hash, checkpoint, unsigned: sequence - signed }
}
