import type { LintRule } from '../../rule.js'
import { hasQualifiers, userNotices } from '../helpers/policy-texts.js'

export const noticeReference: LintRule = {
  id: 'notice-reference',
  source: 'rfc5280',
  level: 'warning',
  description: 'User notices do not use noticeRef.',
  citation: 'RFC 5280 section 4.2.1.4',
  effective: '2008-05-01',
  applies: (view) => hasQualifiers(view),
  check: (view) =>
    userNotices(view).some(({ noticeRef }) => noticeRef !== undefined) ? 'a user notice has a noticeRef' : undefined,
}
