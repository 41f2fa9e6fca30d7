import type { LintRule } from '../../rule.js'
import { explicitTexts, hasQualifiers } from '../helpers/policy-texts.js'

export const explicitTextControl: LintRule = {
  id: 'explicit-text-control',
  source: 'rfc5280',
  level: 'warning',
  description: 'Explicit texts of user notices have no control characters.',
  citation: 'RFC 6818 section 3',
  effective: '2013-01-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    explicitTexts(view).some(({ value }) => /\p{Cc}/u.test(value))
      ? 'an explicitText has a control character'
      : undefined,
}
