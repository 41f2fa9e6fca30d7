import type { LintRule } from '../../rule.js'

export const subjectKeyIdentifierEndEntity: LintRule = {
  id: 'subject-key-identifier-end-entity',
  source: 'rfc5280',
  level: 'warning',
  description:
    'The certificate of an end entity has a subject key identifier; the TLS requirements of the CA/Browser Forum discourage it.',
  citation: 'RFC 5280 section 4.2.1.2',
  effective: '2008-05-01',
  applies: ({ isCa, publicTls }) => !isCa && !publicTls,
  check: ({ extension }) =>
    extension.subjectKeyIdentifier === undefined ? 'there is no subject key identifier' : undefined,
}
