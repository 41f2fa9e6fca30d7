import type { LintRule } from '../../rule.js'

export const dnsNameLength: LintRule = {
  id: 'dns-name-length',
  source: 'rfc5280',
  level: 'error',
  description: 'DNS names have at most 253 characters.',
  citation: 'RFC 5280 section 4.2.1.6, RFC 1035 section 2.3.4',
  effective: '2008-05-01',
  applies: ({ dnsNames }) => dnsNames.length > 0,
  check: ({ dnsNames }) =>
    dnsNames.some(({ length }) => length > 253) ? 'a DNS name has more than 253 characters' : undefined,
}
