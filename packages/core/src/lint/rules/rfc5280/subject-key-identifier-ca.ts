import type { LintRule } from '../../rule.js'

export const subjectKeyIdentifierCa: LintRule = {
  id: 'subject-key-identifier-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'The certificate of a CA has a subject key identifier.',
  citation: 'RFC 5280 section 4.2.1.2',
  effective: '2008-05-01',
  applies: ({ isCa }) => isCa,
  check: ({ extension }) =>
    extension.subjectKeyIdentifier === undefined ? 'the CA certificate has no subject key identifier' : undefined,
}
