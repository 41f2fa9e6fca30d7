import type { AuditChain, AuditSink, Clock, CryptoBackend, Logger, Signer } from '../ports/index.js'
import type { Checkpoint } from './record.js'

/** What an audit trail works with. */
export interface AuditTrailDeps {
  readonly chain: AuditChain
  /** The checkpoint key: any algorithm of the tables. Whoever verifies must know its public key from elsewhere. */
  readonly signer: Signer
  readonly crypto: Pick<CryptoBackend, 'digest'>
  readonly clock: Clock
  readonly logger: Logger
}

/** How an audit trail behaves. */
export interface AuditTrailOptions {
  /** Id of this node, which no other running process has: 1 to 128 of `A-Z a-z 0-9 . _ : -`. Kept over restarts. */
  readonly node: string
  /** Events after which a checkpoint is due, 1 to 1,000,000; 1000 when absent. */
  readonly checkpointEvents?: number
  /** Seconds after the last checkpoint at which another is due when there is something to sign, 1 to 86,400; 60 when absent. */
  readonly checkpointSeconds?: number
  /** Events that may wait for the store, 1 to 1,000,000; more are refused. 10,000 when absent. */
  readonly maxWaiting?: number
}

/** An audit sink whose events are a chain of hashes with signed checkpoints. */
export interface AuditTrail extends AuditSink {
  readonly node: string
  /** DER SubjectPublicKeyInfo of the checkpoint key. */
  readonly publicKey: Uint8Array
  /**
   * Signs what is not signed yet and returns the latest checkpoint: for an auditor to keep elsewhere.
   *
   * @throws CertwrightError `audit` when it could not be signed or recorded.
   */
  checkpoint(): Promise<Checkpoint>
  /** Signs if that is due by time: for a timer of yours, so that the last events before a quiet time are signed too. */
  checkpointIfDue(): Promise<void>
  /** Records what waits, signs it, and refuses further events. */
  close(): Promise<void>
}
