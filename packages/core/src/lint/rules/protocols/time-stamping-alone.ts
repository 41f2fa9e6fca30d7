import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const timeStampingAlone: LintRule = {
  id: 'time-stamping-alone',
  source: 'protocols',
  level: 'error',
  description: 'The certificate of a timestamp authority has no other purpose.',
  citation: 'RFC 3161 section 2.3',
  effective: '2001-08-01',
  applies: ({ purposes, isCa }) => !isCa && purposes.includes(extendedKeyUsageOid.timeStamping),
  check: ({ purposes }) => (purposes.length === 1 ? undefined : 'a timestamp authority has another purpose as well'),
}
