import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const alternativeNameUnique: LintRule = {
  id: 'alternative-name-unique',
  source: 'practice',
  level: 'notice',
  description: 'No DNS name or mailbox occurs twice.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ dnsNames, mailboxes }) => dnsNames.length + mailboxes.length > 1,
  check({ dnsNames, mailboxes }) {
    const twice = repeated(dnsNames) ?? repeated(mailboxes)
    return twice === undefined ? undefined : `"${twice}" occurs twice`
  },
}
