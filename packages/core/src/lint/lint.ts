import { CertwrightError } from '../errors.js'
import { type CertificateView, certificateView, type LintSubject } from './certificate-view.js'
import { type CrlLintSubject, type CrlView, crlView } from './crl-view.js'
import type { CrlEntryLintRule, CrlLintRule, LintFinding, LintPolicy, LintRule, Rule } from './rule.js'
import { algorithmRules } from './rules/algorithms/index.js'
import { codeSigningRules } from './rules/cabf-code-signing/index.js'
import { smimeRules } from './rules/cabf-smime/index.js'
import { tlsRules } from './rules/cabf-tls/index.js'
import { crlEntryRules, crlRules } from './rules/crl/index.js'
import { nameRules } from './rules/names/index.js'
import { practiceRules } from './rules/practice/index.js'
import { protocolRules } from './rules/protocols/index.js'
import { certificateRules } from './rules/rfc5280/index.js'

/** Every rule that runs before a certificate is signed. */
export const lintRules: readonly LintRule[] = [
  ...certificateRules,
  ...nameRules,
  ...algorithmRules,
  ...protocolRules,
  ...practiceRules,
  ...tlsRules,
  ...smimeRules,
  ...codeSigningRules,
]

/** Every rule that runs before a CRL is signed. */
export const crlLintRules: readonly (CrlLintRule | CrlEntryLintRule)[] = [...crlRules, ...crlEntryRules]

/** A certificate or CRL that breaks a rule of level `error`, and so was not signed. */
export class LintError extends CertwrightError {
  override readonly name = 'LintError'

  constructor(readonly findings: readonly LintFinding[]) {
    super('lint', findings.map(({ rule, message }) => `${rule}: ${message}`).join('; '))
  }
}

/** A rule with the moment from which it counts, in milliseconds. */
interface Timed<V> {
  readonly rule: Rule<V>
  readonly from: number
}

const timed = <V>(rules: readonly Rule<V>[]): readonly Timed<V>[] =>
  rules.map((rule) => ({ rule, from: Date.parse(rule.effective) }))

const isForEvery = ({ source }: LintRule): boolean => !source.startsWith('cabf-')
const timedRules = timed<CertificateView>(lintRules.filter(isForEvery))
/** The rules of the CA/Browser Forum, each set looked at only for certificates that it is about. */
const forumRules: readonly (readonly [
  concerns: (view: CertificateView) => boolean,
  rules: readonly Timed<CertificateView>[],
])[] = [
  [({ publicTls }) => publicTls, timed<CertificateView>(lintRules.filter(({ source }) => source === 'cabf-br'))],
  [({ publicSmime }) => publicSmime, timed<CertificateView>(lintRules.filter(({ source }) => source === 'cabf-smime'))],
  [
    ({ publicCodeSigning }) => publicCodeSigning,
    timed<CertificateView>(lintRules.filter(({ source }) => source === 'cabf-code-signing')),
  ],
]
const timedCrlRules = timed(crlRules)

/**
 * What the rules find in a certificate before it is signed. Findings that the policy waives carry the reason.
 *
 * @example
 * ```ts
 * import { lint } from '@certwright/core/lint'
 * import { Certificate } from '@certwright/core/x509'
 *
 * const faultsOf = (certificate: Uint8Array) => {
 *   const { bytes, value } = Certificate.decode(certificate).tbsCertificate
 *   return lint({ tbs: value, bytes }).filter(({ level }) => level === 'error')
 * }
 * ```
 */
export const lint = (subject: LintSubject, policy: LintPolicy = {}): readonly LintFinding[] =>
  lintView(certificateView(subject, policy.sources), policy)

/** As `lint`, for a certificate that was read with the policy's sources. */
export function lintView(view: CertificateView, policy: LintPolicy = {}): readonly LintFinding[] {
  const moment = view.tbs.validity.notBefore.getTime()
  const findings = run(timedRules, view, moment, policy)
  for (const [concerns, rules] of forumRules) {
    if (concerns(view)) findings.push(...run(rules, view, moment, policy))
  }
  return findings
}

/**
 * What the rules find in a CRL before it is signed. Entries are looked at one by one, so it may have very many; a rule about
 * them says the first fault.
 */
export function lintCrl(subject: CrlLintSubject, policy: LintPolicy = {}): readonly LintFinding[] {
  const view = crlView(subject)
  const moment = view.tbs.thisUpdate.getTime()
  return [...run(timedCrlRules, view, moment, policy), ...runOnEntries(view, moment, policy)]
}

function runOnEntries(view: CrlView, moment: number, policy: LintPolicy): LintFinding[] {
  const findings: LintFinding[] = []
  let checks = crlEntryRules
    .filter((rule) => moment >= Date.parse(rule.effective) && rule.applies(view))
    .map((rule) => ({ rule, check: rule.begin(view) }))
  for (const entry of view.entries ?? []) {
    for (const { rule, check } of checks) {
      const message = check(entry)
      if (message === undefined) continue
      findings.push(finding(rule, message, policy))
      checks = checks.filter((other) => other.rule !== rule)
    }
    if (checks.length === 0) break
  }
  return findings
}

function run<V>(rules: readonly Timed<V>[], view: V, moment: number, policy: LintPolicy): LintFinding[] {
  const findings: LintFinding[] = []
  for (const { rule, from } of rules) {
    if (moment < from || !rule.applies(view)) continue
    const message = rule.check(view)
    if (message !== undefined) findings.push(finding(rule, message, policy))
  }
  return findings
}

function finding(
  { id, level, citation }: Omit<Rule<never>, 'check' | 'applies'>,
  message: string,
  { waive = {} }: LintPolicy,
): LintFinding {
  const reason = Object.hasOwn(waive, id) ? waive[id] : undefined
  return { rule: id, level, citation, message, ...(reason === undefined ? {} : { waived: reason }) }
}
