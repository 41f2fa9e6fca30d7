import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const extendedKeyUsageAny: LintRule = {
  id: 'extended-key-usage-any',
  source: 'rfc5280',
  level: 'warning',
  description: 'extendedKeyUsage is not critical when it allows any purpose.',
  citation: 'RFC 5280 section 4.2.1.12',
  effective: '2008-05-01',
  applies: ({ purposes }) => purposes.includes(extendedKeyUsageOid.anyExtendedKeyUsage),
  check: ({ extension }) =>
    extension.extendedKeyUsage?.critical === true ? 'a critical extendedKeyUsage allows any purpose' : undefined,
}
