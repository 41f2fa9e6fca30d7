import type { LintRule } from '../../rule.js'

export const authorityInfoAccessNotCritical: LintRule = {
  id: 'authority-info-access-not-critical',
  source: 'rfc5280',
  level: 'error',
  description: 'authorityInfoAccess is not critical.',
  citation: 'RFC 5280 section 4.2.2.1',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.authorityInfoAccess !== undefined,
  check: ({ extension }) =>
    extension.authorityInfoAccess?.critical === true ? 'authorityInfoAccess is critical' : undefined,
}
