import type { LintRule } from '../../rule.js'

const unprocessed = ['x400Address', 'ediPartyName', 'registeredID']

export const nameConstraintsForms: LintRule = {
  id: 'name-constraints-forms',
  source: 'rfc5280',
  level: 'warning',
  description: 'Name constraints are not on x400Address, ediPartyName or registeredID.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ value }) => value.nameConstraints !== undefined,
  check({ value: { nameConstraints: { permittedSubtrees = [], excludedSubtrees = [] } = {} } }) {
    const found = [...permittedSubtrees, ...excludedSubtrees].find(({ base }) => unprocessed.includes(base.type))
    return found === undefined ? undefined : `nameConstraints on ${found.base.type}, which is not processed`
  },
}
