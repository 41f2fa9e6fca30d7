import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimePolicy: LintRule = {
  id: 'smime-policy',
  source: 'cabf-smime',
  level: 'error',
  description: 'A certificate asserts exactly one of the policies that the CA/Browser Forum reserved for S/MIME.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements sections 7.1.2.3 (a) and 7.1.6.1',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check({ policies }) {
    const reserved = policies.filter((oid) => /^2\.23\.140\.1\.5\.[1-4]\.[123]$/.test(oid))
    return reserved.length === 1 ? undefined : `${reserved.length} reserved S/MIME policies are asserted`
  },
}
