import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const brWildcard: LintRule = {
  id: 'br-wildcard',
  source: 'cabf-br',
  level: 'error',
  description: 'A wildcard is the first label before a name of two labels at least, which is no top-level domain.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 1.6.1 and 3.2.2.6',
  effective: '2012-07-01',
  applies: (view) => isTlsSubscriber(view) && view.dnsNames.some((name) => name.includes('*')),
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      !name.includes('*') || /^\*(?:\.[^.*]+){2,}$/.test(name) ? undefined : `"${name}" is too wide a wildcard`,
    ),
}
