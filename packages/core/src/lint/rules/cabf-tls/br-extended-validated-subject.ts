import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { missingAttribute } from '../helpers/forum.js'

/** jurisdictionCountryName, guidelines section 7.1.4.2.5. */
const jurisdiction = '1.3.6.1.4.1.311.60.2.1.3'

export const brExtendedValidatedSubject: LintRule = {
  id: 'br-extended-validated-subject',
  source: 'cabf-br',
  level: 'error',
  description:
    'The subject of an EV certificate has organization, business category, serial number, country and jurisdiction; its names are no wildcards.',
  citation: 'CA/Browser Forum Extended Validation Guidelines section 7.1.4.2',
  effective: '2020-07-01',
  applies: (view) => isTlsSubscriber(view) && view.policies.includes('2.23.140.1.1'),
  check: (view) =>
    missingAttribute(view, ['organizationName', 'businessCategory', 'serialNumber', 'countryName']) ??
    (view.subject.some(({ type }) => type === jurisdiction)
      ? undefined
      : 'the subject has no jurisdictionCountryName') ??
    (view.dnsNames.some((name) => name.startsWith('*')) ? 'an EV certificate has a wildcard' : undefined),
}
