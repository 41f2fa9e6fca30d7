import type { SignedCertificateTimestamp } from '../x509/index.js'
import type { KnownLog } from './verify.js'

/** How a submission is ended. */
export interface SubmitOptions {
  /** Ends the submission; the answer is then no longer waited for. */
  readonly signal: AbortSignal
}

/** A log that certificates are submitted to. Whoever asks verifies what it answers. */
export interface CtLog extends KnownLog {
  /** Who runs it; logs without are each taken to be run by somebody of their own. */
  readonly operator?: string
  /** Only certificates that end from `start` on and before `end` belong here: a log for a part of time. */
  readonly interval?: { readonly start: Date; readonly end: Date }
  /**
   * Submits a precertificate (RFC 6962 section 4.2).
   *
   * @param chain DER: the precertificate first, each certified by the next, up to a root that the log accepts or one that
   *   this certifies
   * @throws CtError
   */
  addPreChain(chain: readonly Uint8Array[], options: SubmitOptions): Promise<SignedCertificateTimestamp>
  /**
   * Submits a certificate (RFC 6962 section 4.1).
   *
   * @param chain DER, as for `addPreChain`
   * @throws CtError
   */
  addChain(chain: readonly Uint8Array[], options: SubmitOptions): Promise<SignedCertificateTimestamp>
}
