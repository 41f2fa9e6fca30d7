import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const brReservedLabel: LintRule = {
  id: 'br-reserved-label',
  source: 'cabf-br',
  level: 'error',
  description: 'A label with two hyphens in the third and fourth place is an A-label.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.12, RFC 5890 section 2.3.1',
  effective: '2021-10-01',
  applies: (view) => isTlsSubscriber(view) && view.dnsNames.length > 0,
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      /(?:^|\.)(?!xn)[^.]{2}--/i.test(name) ? `"${name}" has a reserved label that is no A-label` : undefined,
    ),
}
