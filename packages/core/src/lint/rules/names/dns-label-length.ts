import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const dnsLabelLength: LintRule = {
  id: 'dns-label-length',
  source: 'rfc5280',
  level: 'error',
  description: 'The labels of DNS names have at most 63 octets.',
  citation: 'RFC 5280 section 4.2.1.6, RFC 1035 section 2.3.4',
  effective: '2008-05-01',
  applies: ({ dnsNames }) => dnsNames.length > 0,
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      /[^.]{64}/.test(name) ? `"${name}" has a label of more than 63 octets` : undefined,
    ),
}
