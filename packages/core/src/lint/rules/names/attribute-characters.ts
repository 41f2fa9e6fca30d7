import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const attributeCharacters: LintRule = {
  id: 'attribute-characters',
  source: 'rfc5280',
  level: 'error',
  description: 'Attributes of the subject are strings with the characters of their type.',
  citation: 'RFC 5280 section 4.1.2.4 and appendix B',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text }) =>
      text === undefined ? `the attribute ${type} is no string, or has characters that its type has not` : undefined,
    ),
}
