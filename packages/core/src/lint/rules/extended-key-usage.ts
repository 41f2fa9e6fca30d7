import { ExtendedKeyUsage, extensionOid } from '../../x509/index.js'
import { extension, extensionValue } from '../extensions.js'
import type { LintRule } from '../rule.js'

const anyExtendedKeyUsage = '2.5.29.37.0'

/** extendedKeyUsage names something, nothing twice, and is not critical when it allows any purpose. */
export const extendedKeyUsage: LintRule = {
  id: 'extended-key-usage',
  level: 'error',
  citation: 'RFC 5280 section 4.2.1.12',
  applies: ({ tbs }) => extension(tbs, extensionOid.extendedKeyUsage) !== undefined,
  check({ tbs }) {
    const purposes = extensionValue(tbs, extensionOid.extendedKeyUsage, ExtendedKeyUsage) ?? []
    if (purposes.length === 0) return 'extendedKeyUsage is empty or malformed'
    if (new Set(purposes).size !== purposes.length) return 'extendedKeyUsage names a purpose twice'
    const critical = extension(tbs, extensionOid.extendedKeyUsage)?.critical === true
    return critical && purposes.includes(anyExtendedKeyUsage)
      ? 'a critical extendedKeyUsage allows any purpose'
      : undefined
  },
}
