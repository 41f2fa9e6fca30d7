import type { LintRule } from '../../rule.js'

export const serialLength: LintRule = {
  id: 'serial-length',
  source: 'rfc5280',
  level: 'error',
  description: 'The serial number has at most 20 octets.',
  citation: 'RFC 5280 section 4.1.2.2',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ tbs: { serialNumber } }) =>
    serialNumber.length <= 20 ? undefined : `the serial number has ${serialNumber.length} octets`,
}
