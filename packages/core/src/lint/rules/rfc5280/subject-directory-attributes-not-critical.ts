import type { LintRule } from '../../rule.js'

export const subjectDirectoryAttributesNotCritical: LintRule = {
  id: 'subject-directory-attributes-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'subjectDirectoryAttributes is not critical.',
  citation: 'RFC 5280 section 4.2.1.8',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.subjectDirectoryAttributes !== undefined,
  check: ({ extension }) =>
    extension.subjectDirectoryAttributes?.critical === true ? 'subjectDirectoryAttributes is critical' : undefined,
}
