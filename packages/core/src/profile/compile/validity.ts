import type { ProfileConfig } from '../config/index.js'
import { type Duration, parseDuration } from '../duration.js'
import type { ReportFault } from '../shape/index.js'

/** The validity settings, read. */
export interface ValidityRule {
  readonly default?: Duration
  readonly maximum?: Duration
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly backdate: Duration
  readonly requester: 'nothing' | 'shorten' | 'up-to-maximum'
}

const maxBackdateMs = 48 * 3600 * 1000
const dayMs = 86_400_000
/** Longer lengths than any key lasts; who wants none, fixes the end. */
const longestDays = { ca: 50 * 366, holder: 30 * 366 }

/** A length in milliseconds, with months of 30 days. */
const roughly = ({ months, days, milliseconds }: Duration): number => months * 30 * dayMs + days * dayMs + milliseconds

export function compileValidity(
  { validity, basicConstraints, override }: ProfileConfig,
  fault: ReportFault,
): ValidityRule {
  const rule: ValidityRule = {
    ...(validity.default === undefined ? {} : { default: parseDuration(validity.default) }),
    ...(validity.maximum === undefined ? {} : { maximum: parseDuration(validity.maximum) }),
    ...(validity.notBefore === undefined ? {} : { notBefore: new Date(validity.notBefore) }),
    ...(validity.notAfter === undefined ? {} : { notAfter: new Date(validity.notAfter) }),
    backdate: parseDuration(validity.backdate ?? 'PT0S'),
    requester: validity.requester ?? 'shorten',
  }
  checkLengths(rule, basicConstraints.cA ? longestDays.ca : longestDays.holder, fault)
  checkDates(rule, validity.backdate !== undefined, fault)
  const longerForSome = rule.requester === 'up-to-maximum' || override?.includes('validity') === true
  if (rule.maximum !== undefined && !longerForSome) {
    fault('validity.maximum', 'is not used: nobody may ask for more than the default')
  }
  if (rule.requester === 'up-to-maximum' && rule.maximum === undefined) {
    fault('validity.maximum', 'is missing: requesters may ask for lengths up to it')
  }
  return rule
}

function checkLengths({ default: usual, maximum, backdate }: ValidityRule, longest: number, fault: ReportFault): void {
  if (usual !== undefined && roughly(usual) <= 0) fault('validity.default', 'must be longer than nothing')
  for (const [name, length] of [
    ['default', usual],
    ['maximum', maximum],
  ] as const) {
    if (length !== undefined && roughly(length) > longest * dayMs) {
      fault(`validity.${name}`, `is longer than ${Math.floor(longest / 366)} years; fix notAfter if it shall never end`)
    }
  }
  if (usual !== undefined && maximum !== undefined && roughly(maximum) < roughly(usual)) {
    fault('validity.maximum', 'is shorter than the default')
  }
  if (backdate.months > 0 || roughly(backdate) > maxBackdateMs) fault('validity.backdate', 'must be at most PT48H')
}

function checkDates(rule: ValidityRule, backdates: boolean, fault: ReportFault): void {
  const { default: usual, maximum, notBefore, notAfter } = rule
  if (usual === undefined && notAfter === undefined) fault('validity', 'needs a default length or a fixed notAfter')
  if (usual !== undefined && notAfter !== undefined) fault('validity.default', 'is not used: notAfter is fixed')
  if (maximum !== undefined && notAfter !== undefined) fault('validity.maximum', 'is not used: notAfter is fixed')
  if (notBefore !== undefined && backdates) fault('validity.backdate', 'is not used: notBefore is fixed')
  if (notBefore !== undefined && notAfter !== undefined && notBefore >= notAfter) {
    fault('validity.notAfter', 'must be after notBefore')
  }
}
