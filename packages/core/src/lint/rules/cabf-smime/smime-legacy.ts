import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeLegacy: LintRule = {
  id: 'smime-legacy',
  source: 'cabf-smime',
  level: 'error',
  description: 'The generation is not legacy, which ended on 15 July 2025.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.6.1 (ballot SMC08)',
  effective: '2025-07-15',
  applies: isSmimeSubscriber,
  check: ({ policies }) =>
    policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.1$/.test(oid)) ? 'a policy of the legacy generation' : undefined,
}
