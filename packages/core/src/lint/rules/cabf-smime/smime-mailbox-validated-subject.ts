import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { otherAttribute, policiesUnder } from '../helpers/forum.js'

export const smimeMailboxValidatedSubject: LintRule = {
  id: 'smime-mailbox-validated-subject',
  source: 'cabf-smime',
  level: 'error',
  description:
    'The subject of a mailbox-validated certificate has common name, email address and serial number at most.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.4.2.3',
  effective: '2023-09-01',
  applies: (view) => isSmimeSubscriber(view) && policiesUnder(view, '2.23.140.1.5.1').length > 0,
  check: (view) => otherAttribute(view, ['commonName', 'emailAddress', 'serialNumber']),
}
