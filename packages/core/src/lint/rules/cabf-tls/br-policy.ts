import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brPolicy: LintRule = {
  id: 'br-policy',
  source: 'cabf-br',
  level: 'error',
  description: 'A subscriber certificate asserts one of the policies that the CA/Browser Forum reserved, and not two.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.9 and 7.1.6.1',
  effective: '2020-09-30',
  applies: isTlsSubscriber,
  check({ policies }) {
    const reserved = policies.filter((oid) => /^2\.23\.140\.1\.(?:1|2\.[123])$/.test(oid))
    if (reserved.length === 1) return undefined
    return reserved.length === 0 ? 'no reserved policy is asserted' : 'several reserved policies are asserted'
  },
}
