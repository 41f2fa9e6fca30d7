import type { CrlLintRule } from '../../rule.js'

export const crlNumber: CrlLintRule = {
  id: 'crl-number',
  source: 'rfc5280',
  level: 'error',
  description: 'The CRL number is there and not critical.',
  citation: 'RFC 5280 section 5.2.3',
  effective: '2008-05-01',
  applies: () => true,
  check({ value, extension }) {
    if (value.cRLNumber === undefined) return 'there is no CRL number'
    return extension.cRLNumber?.critical === true ? 'cRLNumber is critical' : undefined
  },
}
