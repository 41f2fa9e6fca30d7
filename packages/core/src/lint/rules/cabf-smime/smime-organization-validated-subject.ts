import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { missingAttribute, policiesUnder } from '../helpers/forum.js'

export const smimeOrganizationValidatedSubject: LintRule = {
  id: 'smime-organization-validated-subject',
  source: 'cabf-smime',
  level: 'error',
  description:
    'The subject of an organization- or sponsor-validated certificate has organizationName and organizationIdentifier.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements sections 7.1.4.2.4 and 7.1.4.2.5',
  effective: '2023-09-01',
  applies: (view) =>
    isSmimeSubscriber(view) &&
    policiesUnder(view, '2.23.140.1.5.2').length + policiesUnder(view, '2.23.140.1.5.3').length > 0,
  check: (view) => missingAttribute(view, ['organizationName', 'organizationIdentifier']),
}
