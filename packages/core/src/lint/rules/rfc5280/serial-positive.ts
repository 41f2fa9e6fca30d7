import type { LintRule } from '../../rule.js'

export const serialPositive: LintRule = {
  id: 'serial-positive',
  source: 'rfc5280',
  level: 'error',
  description: 'The serial number is a positive integer.',
  citation: 'RFC 5280 section 4.1.2.2',
  effective: '2008-05-01',
  applies: () => true,
  check({ tbs: { serialNumber } }) {
    const positive = ((serialNumber[0] ?? 0x80) & 0x80) === 0 && serialNumber.some((octet) => octet !== 0)
    return positive ? undefined : 'the serial number is not positive'
  },
}
