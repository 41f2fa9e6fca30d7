import { otherNameOid } from '../../../pkix/index.js'
import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimeAlternativeName: LintRule = {
  id: 'smime-alternative-name',
  source: 'cabf-smime',
  level: 'error',
  description: 'subjectAltName holds a mailbox, as rfc822Name or SmtpUTF8Mailbox.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements sections 7.1.2.3 (h) and 7.1.4.2.1',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check: ({ value: { subjectAltName = [] } }) =>
    subjectAltName.some(
      ({ type, value }) =>
        type === 'rfc822Name' || (type === 'otherName' && value.typeId === otherNameOid.smtpUTF8Mailbox),
    )
      ? undefined
      : 'subjectAltName holds no mailbox',
}
