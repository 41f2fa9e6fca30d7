import type { LintRule } from '../../rule.js'

export const serialEntropy: LintRule = {
  id: 'serial-entropy',
  source: 'practice',
  level: 'error',
  description: 'The serial number is long enough for 64 random bits.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1',
  effective: '2016-09-30',
  applies: () => true,
  check: ({ tbs: { serialNumber } }) =>
    serialNumber.length >= 9 || (serialNumber.length === 8 && (serialNumber[0] ?? 0) >= 0x40)
      ? undefined
      : 'the serial number is too short to hold 64 random bits',
}
