import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeAlternativeNameNotCritical: LintRule = {
  id: 'smime-alternative-name-not-critical',
  source: 'cabf-smime',
  level: 'warning',
  description: 'subjectAltName is not critical, unless the subject is empty.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (h)',
  effective: '2023-09-01',
  applies: (view) => isSmimeSubscriber(view) && view.subject.length > 0,
  check: ({ extension }) => (extension.subjectAltName?.critical === true ? 'subjectAltName is critical' : undefined),
}
