import type { LintRule } from '../../rule.js'
import { csAuthorityInfoAccess } from './cs-authority-info-access.js'
import { csCrlDistributionPoints } from './cs-crl-distribution-points.js'
import { csForbiddenPurposes } from './cs-forbidden-purposes.js'
import { csKeySize } from './cs-key-size.js'
import { csKeyUsage } from './cs-key-usage.js'
import { csPolicy } from './cs-policy.js'
import { csPurpose } from './cs-purpose.js'
import { csSubject } from './cs-subject.js'
import { csValidity } from './cs-validity.js'

/** The rules of this folder. */
export const codeSigningRules: readonly LintRule[] = [
  csPolicy,
  csPurpose,
  csForbiddenPurposes,
  csKeyUsage,
  csCrlDistributionPoints,
  csAuthorityInfoAccess,
  csKeySize,
  csValidity,
  csSubject,
]
