import type { LintRule } from '../../rule.js'

export const issuerMaySign: LintRule = {
  id: 'issuer-may-sign',
  source: 'rfc5280',
  level: 'error',
  description: 'The key usage of the issuing certificate, when it has one, allows signing certificates.',
  citation: 'RFC 5280 section 6.1.4 (n)',
  effective: '2008-05-01',
  applies: ({ issuer }) => issuer?.value.keyUsage !== undefined,
  check: ({ issuer }) =>
    issuer?.value.keyUsage?.has('keyCertSign') === true
      ? undefined
      : 'the key usage of the issuing certificate does not include keyCertSign',
}
