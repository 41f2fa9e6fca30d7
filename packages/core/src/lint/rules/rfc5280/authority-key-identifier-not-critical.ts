import type { LintRule } from '../../rule.js'

export const authorityKeyIdentifierNotCritical: LintRule = {
  id: 'authority-key-identifier-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'The authority key identifier is not critical.',
  citation: 'RFC 5280 section 4.2.1.1',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.authorityKeyIdentifier !== undefined,
  check: ({ extension }) =>
    extension.authorityKeyIdentifier?.critical === true ? 'authorityKeyIdentifier is critical' : undefined,
}
