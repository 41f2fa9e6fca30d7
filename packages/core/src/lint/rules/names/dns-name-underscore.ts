import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const dnsNameUnderscore: LintRule = {
  id: 'dns-name-underscore',
  source: 'rfc5280',
  level: 'warning',
  description: 'DNS names have no underscores.',
  citation: 'RFC 5280 section 4.2.1.6, RFC 1034 section 3.5',
  effective: '2008-05-01',
  applies: ({ dnsNames }) => dnsNames.length > 0,
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) => (name.includes('_') ? `"${name}" has an underscore` : undefined)),
}
