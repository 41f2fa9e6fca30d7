import type { CrlLintRule } from '../../rule.js'

export const crlDeltaIndicator: CrlLintRule = {
  id: 'crl-delta-indicator',
  source: 'rfc5280',
  level: 'error',
  description: 'The delta CRL indicator is critical and names a lower number than that of the CRL.',
  citation: 'RFC 5280 section 5.2.4',
  effective: '2008-05-01',
  applies: ({ isDelta }) => isDelta,
  check({ extension, value: { deltaCRLIndicator = 0n, cRLNumber = 0n } }) {
    if (extension.deltaCRLIndicator?.critical !== true) return 'deltaCRLIndicator is not critical'
    return deltaCRLIndicator < cRLNumber ? undefined : 'deltaCRLIndicator is not below the CRL number'
  },
}
