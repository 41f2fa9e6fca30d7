import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { validityDays } from '../helpers/forum.js'

/** 39 months of at most 31 days, with leap days, are never more than this. */
const days39Months = 1188

export const csValidity: LintRule = {
  id: 'cs-validity',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'A code signing certificate is valid for 39 months at most; 460 days from 1 March 2026.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 6.3.2',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check(view) {
    const limit = view.tbs.validity.notBefore.getTime() >= Date.parse('2026-03-01') ? 460 : days39Months
    return validityDays(view) <= limit ? undefined : `the validity is longer than ${limit} days`
  },
}
