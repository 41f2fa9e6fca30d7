import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

export const timeStampingKeyUsage: LintRule = {
  id: 'time-stamping-key-usage',
  source: 'protocols',
  level: 'error',
  description: 'The key of a timestamp authority only signs.',
  citation: 'RFC 3161 section 2.3, RFC 5280 section 4.2.1.12',
  effective: '2001-08-01',
  applies: ({ purposes, isCa, value }) =>
    !isCa && purposes.includes(extendedKeyUsageOid.timeStamping) && value.keyUsage !== undefined,
  check({ value }) {
    const found = otherUsages(value.keyUsage, ['digitalSignature', 'nonRepudiation'])
    return found === undefined ? undefined : `the key of a timestamp authority has the usage ${found}`
  },
}
