import type { LintRule } from '../../rule.js'

export const subjectInfoAccessNotCritical: LintRule = {
  id: 'subject-info-access-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'subjectInfoAccess is not critical.',
  citation: 'RFC 5280 section 4.2.2.2',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.subjectInfoAccess !== undefined,
  check: ({ extension }) =>
    extension.subjectInfoAccess?.critical === true ? 'subjectInfoAccess is critical' : undefined,
}
