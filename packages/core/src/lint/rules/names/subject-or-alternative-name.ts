import type { LintRule } from '../../rule.js'

export const subjectOrAlternativeName: LintRule = {
  id: 'subject-or-alternative-name',
  source: 'rfc5280',
  level: 'error',
  description: 'The certificate names somebody: by its subject or by a subject alternative name.',
  citation: 'RFC 5280 sections 4.1.2.6 and 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ tbs }) => tbs.subject.length === 0,
  check: ({ value: { subjectAltName = [] } }) =>
    subjectAltName.length > 0 ? undefined : 'subject and subjectAltName are empty',
}
