import { CertwrightError } from '../errors.js'
import { quoted } from '../pkix/quote.js'
import type { CaaDecision, CaaFinding } from './check.js'

/** Findings that the message names; the error has all of them. */
const shown = 10

/** The DNS forbids the issuance (RFC 8659), or does not answer whether it does. */
export class CaaError extends CertwrightError {
  override readonly name = 'CaaError'
  /** What speaks against the issuance, in the order of the names. */
  readonly findings: readonly CaaFinding[]
  /** Whether nothing is forbidden and only answers are missing: to try again later may help. */
  readonly temporary: boolean

  constructor(readonly decision: CaaDecision) {
    const findings = decision.findings.filter(({ outcome }) => outcome !== 'allowed')
    const parts = findings.slice(0, shown).map(({ name, reason }) => `${quoted(name.slice(0, 300))}: ${reason}`)
    const more = findings.length > shown ? `; and ${findings.length - shown} more` : ''
    super('caa', `CAA does not allow the certificate: ${parts.join('; ')}${more}`)
    this.findings = findings
    this.temporary = findings.every(({ outcome }) => outcome === 'failed')
  }
}
