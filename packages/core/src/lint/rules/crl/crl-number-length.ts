import type { CrlLintRule } from '../../rule.js'

export const crlNumberLength: CrlLintRule = {
  id: 'crl-number-length',
  source: 'rfc5280',
  level: 'error',
  description: 'The CRL number has at most 20 octets.',
  citation: 'RFC 5280 section 5.2.3',
  effective: '2008-05-01',
  applies: ({ value }) => value.cRLNumber !== undefined,
  check: ({ value: { cRLNumber = 0n } }) =>
    cRLNumber < 1n << 159n ? undefined : 'the CRL number has more than 20 octets',
}
