import type { LintRule } from '../../rule.js'

export const authorityKeyIdentifierPresent: LintRule = {
  id: 'authority-key-identifier-present',
  source: 'rfc5280',
  level: 'error',
  description: 'Certificates that are not self-signed have an authority key identifier with a keyIdentifier.',
  citation: 'RFC 5280 section 4.2.1.1',
  effective: '2008-05-01',
  applies: ({ issuer }) => issuer !== undefined,
  check: ({ value }) =>
    value.authorityKeyIdentifier?.keyIdentifier === undefined ? 'there is no authority key identifier' : undefined,
}
