import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const brPlaceholder: LintRule = {
  id: 'br-placeholder',
  source: 'cabf-br',
  level: 'error',
  description: 'No attribute of the subject is only a sign that there is nothing, such as a dot, a hyphen or a space.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.4.2',
  effective: '2012-07-01',
  applies: ({ publicTls, subject }) => publicTls && subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text = '' }) =>
      /^(?:[\s.\-_*?/]*|n\/?a|none|null)$/i.test(text) ? `the attribute ${type} says nothing` : undefined,
    ),
}
