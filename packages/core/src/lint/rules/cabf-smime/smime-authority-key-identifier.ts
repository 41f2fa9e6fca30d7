import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeAuthorityKeyIdentifier: LintRule = {
  id: 'smime-authority-key-identifier',
  source: 'cabf-smime',
  level: 'error',
  description: 'The authority key identifier holds a keyIdentifier and neither issuer nor serial number.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (g)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check: ({ value: { authorityKeyIdentifier: id } }) =>
    id?.authorityCertIssuer === undefined &&
    id?.authorityCertSerialNumber === undefined &&
    id?.keyIdentifier !== undefined
      ? undefined
      : 'authorityKeyIdentifier is not a keyIdentifier alone',
}
