import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

/** Special-use names (RFC 6761, RFC 6762, RFC 8375, RFC 9476) and the private-use one that ICANN reserved. */
const reserved = /(?:^|\.)(?:alt|example|home\.arpa|internal|invalid|lan|local|localhost|localdomain|test)$/i

export const brInternalName: LintRule = {
  id: 'br-internal-name',
  source: 'cabf-br',
  level: 'error',
  description: 'DNS names are below a top-level domain of the public DNS.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 1.6.1 and 7.1.2.7.12',
  effective: '2015-11-01',
  applies: (view) => isTlsSubscriber(view) && view.dnsNames.length > 0,
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      name.includes('.') && !reserved.test(name) && !/\.\d+$/.test(name) ? undefined : `"${name}" is an internal name`,
    ),
}
