import type { CrlLintRule } from '../../rule.js'

export const crlVersion: CrlLintRule = {
  id: 'crl-version',
  source: 'rfc5280',
  level: 'error',
  description: 'A CRL with extensions is of version 2.',
  citation: 'RFC 5280 section 5.1.2.1',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs }) => (tbs.version === 1 ? undefined : 'the CRL is not of version 2'),
}
