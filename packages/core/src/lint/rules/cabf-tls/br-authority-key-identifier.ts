import type { LintRule } from '../../rule.js'

export const brAuthorityKeyIdentifier: LintRule = {
  id: 'br-authority-key-identifier',
  source: 'cabf-br',
  level: 'error',
  description: 'The authority key identifier holds a keyIdentifier and neither issuer nor serial number.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.11.1',
  effective: '2023-09-15',
  applies: ({ publicTls, value }) => publicTls && value.authorityKeyIdentifier !== undefined,
  check: ({ value: { authorityKeyIdentifier: id } }) =>
    id?.authorityCertIssuer === undefined &&
    id?.authorityCertSerialNumber === undefined &&
    id?.keyIdentifier !== undefined
      ? undefined
      : 'authorityKeyIdentifier is not a keyIdentifier alone',
}
