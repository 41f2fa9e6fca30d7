import type { LintRule } from '../../rule.js'

export const subjectCa: LintRule = {
  id: 'subject-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'The subject of a CA is a non-empty distinguished name.',
  citation: 'RFC 5280 section 4.1.2.6',
  effective: '2008-05-01',
  applies: ({ isCa }) => isCa,
  check: ({ tbs }) => (tbs.subject.length > 0 ? undefined : 'the subject of a CA is empty'),
}
