import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const brSubjectKeyIdentifier: LintRule = {
  id: 'br-subject-key-identifier',
  source: 'cabf-br',
  level: 'warning',
  description: 'A subscriber certificate has no subject key identifier: it is not recommended.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.6',
  effective: '2023-09-15',
  applies: isTlsSubscriber,
  check: ({ extension }) =>
    extension.subjectKeyIdentifier === undefined ? undefined : 'subjectKeyIdentifier is not recommended',
}
