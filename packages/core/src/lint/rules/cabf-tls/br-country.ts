import type { LintRule } from '../../rule.js'
import { isCountry } from '../helpers/countries.js'
import { firstFault } from '../helpers/faults.js'
import { attributeTexts, hasAttribute } from '../helpers/forum.js'

export const brCountry: LintRule = {
  id: 'br-country',
  source: 'cabf-br',
  level: 'error',
  description: 'The country is a code of ISO 3166-1, or XX.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.2 to 7.1.2.7.5 and 7.1.2.10.2',
  effective: '2012-07-01',
  applies: (view) => view.publicTls && hasAttribute(view, 'countryName'),
  check: (view) =>
    firstFault(attributeTexts(view, 'countryName'), (code) =>
      isCountry(code) ? undefined : `"${code}" is no country code`,
    ),
}
