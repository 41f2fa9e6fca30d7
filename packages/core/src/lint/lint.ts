import { CertwrightError } from '../errors.js'
import type { LintFinding, LintRule, LintSubject } from './rule.js'
import { basicConstraints } from './rules/basic-constraints.js'
import { crlDistributionPoints } from './rules/crl-distribution-points.js'
import { extendedKeyUsage } from './rules/extended-key-usage.js'
import { issuerName } from './rules/issuer-name.js'
import { keyIdentifiers } from './rules/key-identifiers.js'
import { keyUsage } from './rules/key-usage.js'
import { pathLength } from './rules/path-length.js'
import { publicKey } from './rules/public-key.js'
import { serialNumber } from './rules/serial-number.js'
import { signatureAlgorithmRule } from './rules/signature-algorithm.js'
import { subjectNames } from './rules/subject-names.js'
import { uniqueExtensions } from './rules/unique-extensions.js'
import { validityOrder } from './rules/validity-order.js'
import { version3 } from './rules/version-3.js'

/** Every rule that runs before a certificate is signed. */
export const lintRules: readonly LintRule[] = [
  version3,
  serialNumber,
  signatureAlgorithmRule,
  issuerName,
  validityOrder,
  subjectNames,
  publicKey,
  uniqueExtensions,
  basicConstraints,
  pathLength,
  keyUsage,
  extendedKeyUsage,
  keyIdentifiers,
  crlDistributionPoints,
]

/** A certificate that breaks a rule of level `error`, and so was not signed. */
export class LintError extends CertwrightError {
  override readonly name = 'LintError'

  constructor(readonly findings: readonly LintFinding[]) {
    super('lint', findings.map(({ rule, message }) => `${rule}: ${message}`).join('; '))
  }
}

/** What the rules find in a certificate before it is signed. */
export function lint(subject: LintSubject, rules: readonly LintRule[] = lintRules): readonly LintFinding[] {
  const findings: LintFinding[] = []
  for (const rule of rules) {
    if (!rule.applies(subject)) continue
    const message = rule.check(subject)
    if (message !== undefined) findings.push({ rule: rule.id, level: rule.level, citation: rule.citation, message })
  }
  return findings
}
