import type { LintRule } from '../../rule.js'
import { explicitTexts, hasQualifiers } from '../helpers/policy-texts.js'

export const explicitTextLength: LintRule = {
  id: 'explicit-text-length',
  source: 'rfc5280',
  level: 'error',
  description: 'Explicit texts of user notices have at most 200 characters.',
  citation: 'RFC 6818 section 3',
  effective: '2013-01-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    explicitTexts(view).some(({ value }) => [...value].length > 200)
      ? 'an explicitText has more than 200 characters'
      : undefined,
}
