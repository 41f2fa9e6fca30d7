import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const wildcardPosition: LintRule = {
  id: 'wildcard-position',
  source: 'practice',
  level: 'error',
  description: 'A wildcard is the whole first label of a DNS name that has others.',
  citation: 'RFC 9525 section 6.3',
  effective: '2011-03-01',
  applies: ({ dnsNames }) => dnsNames.some((name) => name.includes('*')),
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      !name.includes('*') || /^\*(?:\.[^.*]+)+$/.test(name) ? undefined : `"${name}" has a wildcard in the wrong place`,
    ),
}
