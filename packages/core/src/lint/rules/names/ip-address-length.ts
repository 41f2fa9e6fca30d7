import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const ipAddressLength: LintRule = {
  id: 'ip-address-length',
  source: 'rfc5280',
  level: 'error',
  description: 'iPAddress has 4 or 16 octets.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ value }) => value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) =>
    firstFault(subjectAltName, ({ type, value }) =>
      type === 'iPAddress' && value.length !== 4 && value.length !== 16
        ? `an iPAddress has ${value.length} octets`
        : undefined,
    ),
}
