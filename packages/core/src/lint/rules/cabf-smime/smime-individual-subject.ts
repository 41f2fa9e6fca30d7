import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { hasAttribute, policiesUnder } from '../helpers/forum.js'

export const smimeIndividualSubject: LintRule = {
  id: 'smime-individual-subject',
  source: 'cabf-smime',
  level: 'error',
  description:
    'The subject of a sponsor- or individual-validated certificate names a person: by given name, surname or pseudonym.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements sections 7.1.4.2.5 and 7.1.4.2.6',
  effective: '2023-09-01',
  applies: (view) =>
    isSmimeSubscriber(view) &&
    policiesUnder(view, '2.23.140.1.5.3').length + policiesUnder(view, '2.23.140.1.5.4').length > 0,
  check(view) {
    const legacy = view.policies.some((oid) => /^2\.23\.140\.1\.5\.[1-4]\.1$/.test(oid)) && view.commonNames.length > 0
    const pseudonym = view.subject.some(({ type }) => type === '2.5.4.65')
    return legacy || pseudonym || hasAttribute(view, 'givenName') || hasAttribute(view, 'surname')
      ? undefined
      : 'the subject has neither givenName, surname nor pseudonym'
  },
}
