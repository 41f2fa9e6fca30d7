import type { LintRule } from '../../rule.js'

export const pathLength: LintRule = {
  id: 'path-length',
  source: 'rfc5280',
  level: 'error',
  description: 'A CA stays within the path length of the CA above it.',
  citation: 'RFC 5280 sections 4.2.1.9 and 6.1.4 (l), (m)',
  effective: '2008-05-01',
  applies: ({ isCa, issuer }) => isCa && issuer?.value.basicConstraints?.pathLenConstraint !== undefined,
  check({ value, issuer }) {
    const above = issuer?.value.basicConstraints?.pathLenConstraint
    if (above === undefined) return undefined
    if (above === 0) return 'the path length of the issuer leaves no room for another CA'
    const own = value.basicConstraints?.pathLenConstraint
    if (own === undefined || own < above) return undefined
    return `the path length ${own} is not below that of the issuer, ${above}`
  },
}
