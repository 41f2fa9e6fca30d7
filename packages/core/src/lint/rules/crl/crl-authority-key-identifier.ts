import type { CrlLintRule } from '../../rule.js'

export const crlAuthorityKeyIdentifier: CrlLintRule = {
  id: 'crl-authority-key-identifier',
  source: 'rfc5280',
  level: 'error',
  description: 'The authority key identifier is there, with a keyIdentifier, and not critical.',
  citation: 'RFC 5280 section 5.2.1',
  effective: '2008-05-01',
  applies: () => true,
  check({ value, extension }) {
    if (value.authorityKeyIdentifier?.keyIdentifier === undefined) return 'there is no authority key identifier'
    return extension.authorityKeyIdentifier?.critical === true ? 'authorityKeyIdentifier is critical' : undefined
  },
}
