import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { otherAttribute } from '../helpers/forum.js'

export const brDomainValidatedSubject: LintRule = {
  id: 'br-domain-validated-subject',
  source: 'cabf-br',
  level: 'error',
  description: 'The subject of a domain-validated certificate has at most a country and a common name.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.2',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.policies.includes('2.23.140.1.2.1'),
  check: (view) => otherAttribute(view, ['countryName', 'commonName']),
}
