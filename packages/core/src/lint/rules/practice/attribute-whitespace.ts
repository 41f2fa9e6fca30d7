import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const attributeWhitespace: LintRule = {
  id: 'attribute-whitespace',
  source: 'practice',
  level: 'warning',
  description: 'Attributes of the subject do not begin or end with white space, which comparison takes away.',
  citation: 'RFC 4518 section 2.6.1',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text = '' }) =>
      text.trim() === text ? undefined : `the attribute ${type} begins or ends with white space`,
    ),
}
