import type { LintRule } from '../../rule.js'
import { explicitTexts, hasQualifiers } from '../helpers/policy-texts.js'

export const explicitTextUtf8: LintRule = {
  id: 'explicit-text-utf8',
  source: 'rfc5280',
  level: 'warning',
  description: 'Explicit texts of user notices are UTF8String.',
  citation: 'RFC 6818 section 3',
  effective: '2013-01-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    explicitTexts(view).some(({ type }) => type === 'visibleString' || type === 'bmpString')
      ? 'an explicitText is not a UTF8String'
      : undefined,
}
