import type { LintRule } from '../../rule.js'

export const subjectKeyIdentifierNotCritical: LintRule = {
  id: 'subject-key-identifier-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'The subject key identifier is not critical.',
  citation: 'RFC 5280 section 4.2.1.2',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.subjectKeyIdentifier !== undefined,
  check: ({ extension }) =>
    extension.subjectKeyIdentifier?.critical === true ? 'subjectKeyIdentifier is critical' : undefined,
}
