import type { LintRule } from '../../rule.js'

export const validityOrder: LintRule = {
  id: 'validity-order',
  source: 'rfc5280',
  level: 'error',
  description: 'The certificate is valid for some time.',
  citation: 'RFC 5280 section 4.1.2.5',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs: { validity } }) =>
    validity.notAfter > validity.notBefore ? undefined : 'notAfter is not later than notBefore',
}
