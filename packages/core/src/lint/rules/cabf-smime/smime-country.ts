import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { isCountry } from '../helpers/countries.js'
import { firstFault } from '../helpers/faults.js'
import { attributeTexts, hasAttribute } from '../helpers/forum.js'

export const smimeCountry: LintRule = {
  id: 'smime-country',
  source: 'cabf-smime',
  level: 'error',
  description: 'The country is a code of ISO 3166-1, or XX.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.4.2.2 (n)',
  effective: '2023-09-01',
  applies: (view) => isSmimeSubscriber(view) && hasAttribute(view, 'countryName'),
  check: (view) =>
    firstFault(attributeTexts(view, 'countryName'), (code) =>
      isCountry(code) ? undefined : `"${code}" is no country code`,
    ),
}
