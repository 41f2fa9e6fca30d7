import type { LintRule } from '../../rule.js'

export const ocspNoCheckNotCritical: LintRule = {
  id: 'ocsp-no-check-not-critical',
  source: 'protocols',
  level: 'warning',
  description: 'The extension id-pkix-ocsp-nocheck is not critical.',
  citation: 'RFC 6960 section 4.2.2.2.1',
  effective: '2013-06-01',
  applies: ({ extension }) => extension.ocspNoCheck !== undefined,
  check: ({ extension }) => (extension.ocspNoCheck?.critical === true ? 'ocspNoCheck is critical' : undefined),
}
