import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const nameConstraintsDns: LintRule = {
  id: 'name-constraints-dns',
  source: 'rfc5280',
  level: 'error',
  description: 'DNS names in name constraints are host names without a leading dot or a wildcard.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ value }) => value.nameConstraints !== undefined,
  check({ value: { nameConstraints: { permittedSubtrees = [], excludedSubtrees = [] } = {} } }) {
    return firstFault([...permittedSubtrees, ...excludedSubtrees], ({ base }) => {
      if (base.type !== 'dNSName' || base.value === '') return undefined
      return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(base.value) ? undefined : `"${base.value}" is not a host name`
    })
  },
}
