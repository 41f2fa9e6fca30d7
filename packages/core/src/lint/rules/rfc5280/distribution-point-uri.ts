import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'
import { isHttpOrLdap } from '../helpers/uris.js'

export const distributionPointUri: LintRule = {
  id: 'distribution-point-uri',
  source: 'rfc5280',
  level: 'warning',
  description: 'Every distribution point has an LDAP or HTTP URI.',
  citation: 'RFC 5280 section 4.2.1.13',
  effective: '2008-05-01',
  applies: ({ value }) => value.cRLDistributionPoints !== undefined,
  check: ({ value: { cRLDistributionPoints = [] } }) =>
    firstFault(cRLDistributionPoints, ({ distributionPoint }) => {
      if (distributionPoint?.type !== 'fullName') return undefined
      const reachable = distributionPoint.value.some(
        ({ type, value }) => type === 'uniformResourceIdentifier' && isHttpOrLdap(value),
      )
      return reachable ? undefined : 'a distribution point has no LDAP or HTTP URI'
    }),
}
