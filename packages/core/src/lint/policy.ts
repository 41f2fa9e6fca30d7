import { lintRules } from './lint.js'
import type { LintPolicy, LintSource } from './rule.js'

/** What is wrong with a {@link LintPolicy}: where, field names joined by dots, and why. */
export interface LintPolicyFault {
  readonly path: string
  readonly message: string
}

/** The sets of rules by name. */
export const lintSources: readonly LintSource[] = [
  'rfc5280',
  'algorithms',
  'protocols',
  'practice',
  'cabf-br',
  'cabf-smime',
  'cabf-code-signing',
]

/** Characters of the shortest and the longest reason that an auditor is expected to read. */
const shortestReason = 8
const longestReason = 500

const known: ReadonlySet<string> = new Set(lintRules.map(({ id }) => id))

/**
 * Every fault of a policy: sets and rules that do not exist, and waivers without a reason. A misspelt waiver is a fault
 * rather than ignored, because it would otherwise be found on the day the rule strikes.
 */
export function lintPolicyFaults({ sources = [], waive = {} }: LintPolicy): readonly LintPolicyFault[] {
  const faults: LintPolicyFault[] = []
  for (const source of sources) {
    if (!lintSources.includes(source)) faults.push({ path: 'sources', message: `"${source}" is not a set of rules` })
  }
  for (const [rule, reason] of Object.entries(waive)) {
    if (!known.has(rule)) faults.push({ path: `waive.${rule}`, message: 'there is no such rule' })
    else if (typeof reason !== 'string' || reason.trim().length < shortestReason || reason.length > longestReason) {
      faults.push({
        path: `waive.${rule}`,
        message: `give a reason of ${shortestReason} to ${longestReason} characters; it goes to the audit`,
      })
    }
  }
  return faults
}
