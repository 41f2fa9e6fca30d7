import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const attributeNotEmpty: LintRule = {
  id: 'attribute-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'No attribute of the subject is empty.',
  citation: 'RFC 5280 appendix A.1',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text }) => (text === '' ? `the attribute ${type} is empty` : undefined)),
}
