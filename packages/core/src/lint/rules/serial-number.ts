import type { LintRule } from '../rule.js'

/** Serial numbers are positive, at most 20 octets, and hold enough room for 64 random bits. */
export const serialNumber: LintRule = {
  id: 'serial-number',
  level: 'error',
  citation: 'RFC 5280 section 4.1.2.2; CA/Browser Forum Baseline Requirements section 7.1',
  applies: () => true,
  check({ tbs: { serialNumber: serial } }) {
    if (((serial[0] ?? 0x80) & 0x80) !== 0 || serial.every((octet) => octet === 0))
      return 'the serial number is not positive'
    if (serial.length > 20) return `the serial number has ${serial.length} octets`
    return serial.length < 9 ? 'the serial number is too short to hold 64 random bits' : undefined
  },
}
