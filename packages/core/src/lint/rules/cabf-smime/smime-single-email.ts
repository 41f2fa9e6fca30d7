import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { attributeTexts } from '../helpers/forum.js'

export const smimeSingleEmail: LintRule = {
  id: 'smime-single-email',
  source: 'cabf-smime',
  level: 'error',
  description: 'The subject has one email address at most.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.4.2.2 (h)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check: (view) =>
    attributeTexts(view, 'emailAddress').length <= 1 ? undefined : 'the subject has several email addresses',
}
