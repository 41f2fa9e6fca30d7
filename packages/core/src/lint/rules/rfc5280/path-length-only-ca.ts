import type { LintRule } from '../../rule.js'

export const pathLengthOnlyCa: LintRule = {
  id: 'path-length-only-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'Only CAs that may sign certificates have a path length.',
  citation: 'RFC 5280 section 4.2.1.9',
  effective: '2008-05-01',
  applies: ({ value }) => value.basicConstraints?.pathLenConstraint !== undefined,
  check: ({ isCa, value }) =>
    isCa && value.keyUsage?.has('keyCertSign') !== false
      ? undefined
      : 'pathLenConstraint is there, but the key may not sign certificates',
}
