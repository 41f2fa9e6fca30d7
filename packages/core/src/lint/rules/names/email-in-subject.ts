import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const emailInSubject: LintRule = {
  id: 'email-in-subject',
  source: 'rfc5280',
  level: 'warning',
  description: 'An emailAddress in the subject is among the alternative names as well: alone it is deprecated.',
  citation: 'RFC 5280 section 4.1.2.6',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.some(({ type }) => type === attributeOid.emailAddress),
  check: ({ subject, mailboxes }) =>
    firstFault(subject, ({ type, text = '' }) =>
      type === attributeOid.emailAddress && !mailboxes.some((mailbox) => mailbox.toLowerCase() === text.toLowerCase())
        ? `the emailAddress "${text}" is not in subjectAltName`
        : undefined,
    ),
}
