import { CaaError } from '../caa/index.js'
import { CtError } from '../ct/index.js'
import { CertwrightError } from '../errors.js'
import { ProfileViolationError } from '../profile/index.js'
import type { RejectionCode } from './types.js'

/** A reason not to issue. */
export interface Rejection {
  readonly code: RejectionCode
  readonly reason: string
  /** What the operator is told in place of `reason`, where that tells the requester less. */
  readonly forAudit?: string
  /** The violations of the profile by code. */
  readonly reasons?: readonly string[]
}

/**
 * The rejection that an error of the issuer means for the requester; `undefined` when the platform is at fault, which
 * is then told to nobody but the log.
 */
export function rejectionOf(error: unknown): Rejection | undefined {
  if (error instanceof ProfileViolationError) {
    const key = error.violations.every(({ code }) => code.startsWith('key-'))
    const reasons = [...new Set(error.violations.map(({ code }) => code))]
    return { code: key ? 'weak-key' : 'not-allowed', reason: error.message, reasons }
  }
  if (!(error instanceof CertwrightError)) return undefined
  switch (error.code) {
    case 'caa': {
      const temporary = error instanceof CaaError && error.temporary
      return { code: temporary ? 'unavailable' : 'not-allowed', reason: error.message }
    }
    case 'ct': {
      const temporary = error instanceof CtError && error.temporary
      return { code: temporary ? 'unavailable' : 'not-allowed', reason: 'the certificate could not be logged' }
    }
    case 'lint':
      return { code: 'not-allowed', reason: error.message }
    case 'asn1':
    case 'algorithm':
      return { code: 'bad-request', reason: error.message }
    case 'conflict':
      return { code: 'not-allowed', reason: error.message }
    case 'ca': {
      const reason = 'the certificate authority cannot issue at present'
      return { code: 'unavailable', reason, forAudit: error.message }
    }
    default:
      return undefined
  }
}
