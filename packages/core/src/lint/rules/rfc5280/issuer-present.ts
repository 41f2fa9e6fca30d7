import type { LintRule } from '../../rule.js'

export const issuerPresent: LintRule = {
  id: 'issuer-present',
  source: 'rfc5280',
  level: 'error',
  description: 'The issuer is a non-empty distinguished name.',
  citation: 'RFC 5280 section 4.1.2.4',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs }) => (tbs.issuer.length > 0 ? undefined : 'the issuer is empty'),
}
