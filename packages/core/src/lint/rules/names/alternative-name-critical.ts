import type { LintRule } from '../../rule.js'

export const alternativeNameCritical: LintRule = {
  id: 'alternative-name-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'subjectAltName is critical when the subject is empty.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ tbs, extension }) => tbs.subject.length === 0 && extension.subjectAltName !== undefined,
  check: ({ extension }) =>
    extension.subjectAltName?.critical === true ? undefined : 'the subject is empty and subjectAltName is not critical',
}
