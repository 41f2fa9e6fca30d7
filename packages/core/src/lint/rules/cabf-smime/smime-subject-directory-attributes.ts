import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeSubjectDirectoryAttributes: LintRule = {
  id: 'smime-subject-directory-attributes',
  source: 'cabf-smime',
  level: 'error',
  description: 'Certificates of the strict and multipurpose generations have no subjectDirectoryAttributes.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (j)',
  effective: '2023-09-01',
  applies: (view) =>
    isSmimeSubscriber(view) && view.policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.[23]$/.test(oid)),
  check: ({ extension }) =>
    extension.subjectDirectoryAttributes === undefined ? undefined : 'subjectDirectoryAttributes is not allowed',
}
