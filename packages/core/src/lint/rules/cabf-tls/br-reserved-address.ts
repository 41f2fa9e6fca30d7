import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { isReservedAddress } from '../helpers/addresses.js'
import { firstFault } from '../helpers/faults.js'

export const brReservedAddress: LintRule = {
  id: 'br-reserved-address',
  source: 'cabf-br',
  level: 'error',
  description: 'IP addresses are globally reachable.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 4.2.2 and 7.1.2.7.12',
  effective: '2016-10-01',
  applies: (view) => isTlsSubscriber(view) && view.value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) =>
    firstFault(subjectAltName, ({ type, value }) =>
      type === 'iPAddress' && isReservedAddress(value) ? 'subjectAltName has a reserved IP address' : undefined,
    ),
}
