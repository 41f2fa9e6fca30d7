import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeStrictPurpose: LintRule = {
  id: 'smime-strict-purpose',
  source: 'cabf-smime',
  level: 'error',
  description: 'Certificates of the strict generation have no other purpose.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (f)',
  effective: '2023-09-01',
  applies: (view) => isSmimeSubscriber(view) && view.policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.3$/.test(oid)),
  check: ({ purposes }) =>
    purposes.length === 1 ? undefined : 'a strict S/MIME certificate has another purpose as well',
}
