import type { LintRule } from '../../rule.js'
import { explicitTexts, hasQualifiers } from '../helpers/policy-texts.js'

export const explicitTextIa5: LintRule = {
  id: 'explicit-text-ia5',
  source: 'rfc5280',
  level: 'error',
  description: 'Explicit texts of user notices are not IA5String.',
  citation: 'RFC 6818 section 3',
  effective: '2013-01-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    explicitTexts(view).some(({ type }) => type === 'ia5String') ? 'an explicitText is an IA5String' : undefined,
}
