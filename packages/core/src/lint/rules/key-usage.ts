import { extensionOid, KeyUsage } from '../../x509/index.js'
import { extension, extensionValue, isCa } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** keyUsage is there, critical, names something, and allows signing certificates exactly for CAs. */
export const keyUsage: LintRule = {
  id: 'key-usage',
  level: 'error',
  citation: 'RFC 5280 section 4.2.1.3',
  applies: () => true,
  check({ tbs }) {
    if (extension(tbs, extensionOid.keyUsage)?.critical !== true) return 'keyUsage is missing or not critical'
    const bits = extensionValue(tbs, extensionOid.keyUsage, KeyUsage)
    if (bits === undefined || bits.size === 0) return 'keyUsage is malformed or names no usage'
    return bits.has('keyCertSign') === isCa(tbs) ? undefined : 'keyCertSign and basicConstraints cA do not go together'
  },
}
