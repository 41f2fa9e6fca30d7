import type { LintRule } from '../../rule.js'

export const multiValuedRdn: LintRule = {
  id: 'multi-valued-rdn',
  source: 'practice',
  level: 'notice',
  description: 'Every relative distinguished name of the subject has one attribute: many programs lose the others.',
  citation: 'RFC 5280 section 4.1.2.4',
  effective: '2008-05-01',
  applies: ({ tbs }) => tbs.subject.length > 0,
  check: ({ tbs }) =>
    tbs.subject.some(({ length }) => length > 1) ? 'a relative distinguished name has two attributes' : undefined,
}
