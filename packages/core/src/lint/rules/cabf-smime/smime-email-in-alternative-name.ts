import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'
import { attributeTexts, policiesUnder } from '../helpers/forum.js'

export const smimeEmailInAlternativeName: LintRule = {
  id: 'smime-email-in-alternative-name',
  source: 'cabf-smime',
  level: 'error',
  description:
    'Email addresses in the subject, the common name of a mailbox-validated certificate included, are in subjectAltName.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements sections 7.1.4.2.1 and 7.1.4.2.2',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check(view) {
    const named = attributeTexts(view, 'emailAddress')
    const common = policiesUnder(view, '2.23.140.1.5.1').length > 0 ? view.commonNames : []
    return firstFault([...named, ...common], (text) =>
      view.mailboxes.includes(text) ? undefined : `"${text}" is not in subjectAltName`,
    )
  },
}
