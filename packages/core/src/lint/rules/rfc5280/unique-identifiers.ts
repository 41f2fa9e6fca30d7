import type { LintRule } from '../../rule.js'

export const uniqueIdentifiers: LintRule = {
  id: 'unique-identifiers',
  source: 'rfc5280',
  level: 'error',
  description: 'There are no unique identifiers of issuer or subject.',
  citation: 'RFC 5280 section 4.1.2.8',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs }) =>
    tbs.issuerUniqueID === undefined && tbs.subjectUniqueID === undefined
      ? undefined
      : 'the certificate has a unique identifier',
}
