import type { LintRule } from '../../rule.js'

export const alternativeNameNotCritical: LintRule = {
  id: 'alternative-name-not-critical',
  source: 'rfc5280',
  level: 'warning',
  description: 'subjectAltName is not critical when there is a subject.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ tbs, extension }) => tbs.subject.length > 0 && extension.subjectAltName !== undefined,
  check: ({ extension }) =>
    extension.subjectAltName?.critical === true ? 'subjectAltName is critical beside a subject' : undefined,
}
