import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

/** Underscores are left to a rule of their own. */
const hostName = /^(?:\*\.)?(?!-)[a-z0-9_-]+(?<!-)(?:\.(?!-)[a-z0-9_-]+(?<!-))*$/i

export const dnsNameSyntax: LintRule = {
  id: 'dns-name-syntax',
  source: 'rfc5280',
  level: 'error',
  description: 'DNS names consist of labels of letters, digits and inner hyphens; the first may be a wildcard.',
  citation: 'RFC 5280 section 4.2.1.6, RFC 1123 section 2.1',
  effective: '2008-05-01',
  applies: ({ dnsNames }) => dnsNames.length > 0,
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) => (hostName.test(name) ? undefined : `"${name}" is not a host name`)),
}
