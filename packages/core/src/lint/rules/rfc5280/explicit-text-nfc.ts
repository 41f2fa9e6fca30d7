import type { LintRule } from '../../rule.js'
import { explicitTexts, hasQualifiers } from '../helpers/policy-texts.js'

export const explicitTextNfc: LintRule = {
  id: 'explicit-text-nfc',
  source: 'rfc5280',
  level: 'warning',
  description: 'Explicit texts of user notices are in Unicode normalization form C.',
  citation: 'RFC 6818 section 3',
  effective: '2013-01-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    explicitTexts(view).some(({ value }) => value.normalize('NFC') !== value)
      ? 'an explicitText is not in normalization form C'
      : undefined,
}
