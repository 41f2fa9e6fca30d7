import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const caExtendedKeyUsageAny: LintRule = {
  id: 'ca-extended-key-usage-any',
  source: 'practice',
  level: 'warning',
  description: 'A subordinate CA that is limited to purposes is not limited to any purpose.',
  citation: 'RFC 5280 section 4.2.1.12',
  effective: '2008-05-01',
  applies: ({ isCa, issuer, purposes }) => isCa && issuer !== undefined && purposes.length > 1,
  check: ({ purposes }) =>
    purposes.includes(extendedKeyUsageOid.anyExtendedKeyUsage)
      ? 'anyExtendedKeyUsage makes the other purposes meaningless'
      : undefined,
}
