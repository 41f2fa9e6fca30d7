import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { missingAttribute, missingPlace } from '../helpers/forum.js'

export const brIndividualValidatedSubject: LintRule = {
  id: 'br-individual-validated-subject',
  source: 'cabf-br',
  level: 'error',
  description:
    'The subject of an individual-validated certificate has a given name, a surname, a country, and a state or locality.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.3',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.policies.includes('2.23.140.1.2.3'),
  check: (view) => missingAttribute(view, ['givenName', 'surname', 'countryName']) ?? missingPlace(view),
}
