import { CRLDistributionPoints, extensionOid } from '../../x509/index.js'
import { extension, extensionValue } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** cRLDistributionPoints is not critical and points somewhere. */
export const crlDistributionPoints: LintRule = {
  id: 'crl-distribution-points',
  level: 'error',
  citation: 'RFC 5280 section 4.2.1.13',
  applies: ({ tbs }) => extension(tbs, extensionOid.cRLDistributionPoints) !== undefined,
  check({ tbs }) {
    if (extension(tbs, extensionOid.cRLDistributionPoints)?.critical === true)
      return 'cRLDistributionPoints is critical'
    const points = extensionValue(tbs, extensionOid.cRLDistributionPoints, CRLDistributionPoints)
    return points === undefined || points.length === 0 ? 'cRLDistributionPoints is empty or malformed' : undefined
  },
}
