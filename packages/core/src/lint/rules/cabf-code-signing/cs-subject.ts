import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { missingAttribute, missingPlace } from '../helpers/forum.js'

export const csSubject: LintRule = {
  id: 'cs-subject',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'The subject has a common name, an organization, a country, and a state or locality.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.4.2.2',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check: (view) => missingAttribute(view, ['commonName', 'organizationName', 'countryName']) ?? missingPlace(view),
}
