import type { CrlLintRule } from '../../rule.js'

export const crlEntriesNotEmpty: CrlLintRule = {
  id: 'crl-entries-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'The list of entries is absent when there are none.',
  citation: 'RFC 5280 section 5.1.2.6',
  effective: '2008-05-01',
  applies: ({ entries }) => entries !== undefined,
  check: ({ entries }) => (entries?.length === 0 ? 'revokedCertificates is there and empty' : undefined),
}
