import type { LintRule } from '../../rule.js'
import { missingAttribute } from '../helpers/forum.js'

export const brCaSubject: LintRule = {
  id: 'br-ca-subject',
  source: 'cabf-br',
  level: 'error',
  description: 'The subject of a CA has a country, an organization and a common name.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.10.2',
  effective: '2017-06-08',
  applies: ({ publicTls, isCa }) => publicTls && isCa,
  check: (view) => missingAttribute(view, ['countryName', 'organizationName', 'commonName']),
}
