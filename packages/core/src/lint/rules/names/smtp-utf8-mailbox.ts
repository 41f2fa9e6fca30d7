import type { GeneralName } from '../../../pkix/index.js'
import { otherNameOid } from '../../../pkix/index.js'
import type { LintRule } from '../../rule.js'

function isAsciiMailbox(name: GeneralName): boolean {
  if (name.type !== 'otherName' || name.value.typeId !== otherNameOid.smtpUTF8Mailbox) return false
  const text = new TextDecoder().decode(name.value.value.subarray(2))
  return /^\p{ASCII}*@/u.test(text)
}

export const smtpUtf8Mailbox: LintRule = {
  id: 'smtp-utf8-mailbox',
  source: 'rfc5280',
  level: 'error',
  description: 'SmtpUTF8Mailbox is for mailboxes whose local part is beyond ASCII; others are rfc822Name.',
  citation: 'RFC 9598 section 3',
  effective: '2018-05-01',
  applies: ({ value }) => value.subjectAltName?.some(({ type }) => type === 'otherName') === true,
  check: ({ value: { subjectAltName = [] } }) =>
    subjectAltName.some(isAsciiMailbox) ? 'a SmtpUTF8Mailbox has an ASCII local part' : undefined,
}
