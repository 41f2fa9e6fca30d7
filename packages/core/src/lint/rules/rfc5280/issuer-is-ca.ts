import type { LintRule } from '../../rule.js'

export const issuerIsCa: LintRule = {
  id: 'issuer-is-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'The issuing certificate is that of a CA.',
  citation: 'RFC 5280 section 6.1.4 (k)',
  effective: '2008-05-01',
  applies: ({ issuer }) => issuer !== undefined,
  check: ({ issuer }) => (issuer?.isCa === true ? undefined : 'the issuing certificate is not that of a CA'),
}
