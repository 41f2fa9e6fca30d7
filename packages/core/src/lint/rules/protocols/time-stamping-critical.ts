import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const timeStampingCritical: LintRule = {
  id: 'time-stamping-critical',
  source: 'protocols',
  level: 'error',
  description: 'The extended key usage of a timestamp authority is critical.',
  citation: 'RFC 3161 section 2.3',
  effective: '2001-08-01',
  applies: ({ purposes, isCa }) => !isCa && purposes.includes(extendedKeyUsageOid.timeStamping),
  check: ({ extension }) =>
    extension.extendedKeyUsage?.critical === true
      ? undefined
      : 'extendedKeyUsage of a timestamp authority is not critical',
}
