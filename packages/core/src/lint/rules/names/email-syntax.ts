import { CertwrightError } from '../../../errors.js'
import { parseMailbox } from '../../../pkix/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

const isMailbox = (text: string): boolean => {
  try {
    parseMailbox(text)
    return true
  } catch (error) {
    if (error instanceof CertwrightError) return false
    throw error
  }
}

export const emailSyntax: LintRule = {
  id: 'email-syntax',
  source: 'rfc5280',
  level: 'error',
  description: 'rfc822Name holds a mailbox.',
  citation: 'RFC 5280 section 4.2.1.6, RFC 5321 section 4.1.2',
  effective: '2008-05-01',
  applies: ({ mailboxes }) => mailboxes.length > 0,
  check: ({ mailboxes }) =>
    firstFault(mailboxes, (text) => (isMailbox(text) ? undefined : `"${text}" is not a mailbox`)),
}
