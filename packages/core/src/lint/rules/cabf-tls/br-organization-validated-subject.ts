import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { missingAttribute, missingPlace } from '../helpers/forum.js'

export const brOrganizationValidatedSubject: LintRule = {
  id: 'br-organization-validated-subject',
  source: 'cabf-br',
  level: 'error',
  description:
    'The subject of an organization-validated certificate has an organization, a country, and a state or locality.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.4',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.policies.includes('2.23.140.1.2.2'),
  check: (view) => missingAttribute(view, ['organizationName', 'countryName']) ?? missingPlace(view),
}
