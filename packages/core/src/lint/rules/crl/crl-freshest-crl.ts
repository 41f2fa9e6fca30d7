import type { CrlLintRule } from '../../rule.js'

export const crlFreshestCrl: CrlLintRule = {
  id: 'crl-freshest-crl',
  source: 'rfc5280',
  level: 'error',
  description: 'freshestCRL is not critical and not in a delta CRL.',
  citation: 'RFC 5280 section 5.2.6',
  effective: '2008-05-01',
  applies: ({ extension }) => extension.freshestCRL !== undefined,
  check({ extension, isDelta }) {
    if (extension.freshestCRL?.critical === true) return 'freshestCRL is critical'
    return isDelta ? 'freshestCRL in a delta CRL' : undefined
  },
}
