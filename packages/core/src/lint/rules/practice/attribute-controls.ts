import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

export const attributeControls: LintRule = {
  id: 'attribute-controls',
  source: 'practice',
  level: 'error',
  description: 'Attributes of the subject have no control characters and no marks that change the direction of text.',
  citation: 'RFC 4518 section 2.2 and 2.4, Unicode Technical Report 36 section 3.5',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text = '' }) =>
      hidden.test(text) ? `the attribute ${type} has characters that do not show` : undefined,
    ),
}
