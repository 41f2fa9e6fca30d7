import { extensionOid } from '../../x509/index.js'
import { extension, isCa } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** A CA certificate has a critical basicConstraints extension. */
export const basicConstraints: LintRule = {
  id: 'basic-constraints-critical',
  level: 'error',
  citation: 'RFC 5280 section 4.2.1.9',
  applies: ({ tbs }) => isCa(tbs),
  check: ({ tbs }) =>
    extension(tbs, extensionOid.basicConstraints)?.critical === true ? undefined : 'basicConstraints is not critical',
}
