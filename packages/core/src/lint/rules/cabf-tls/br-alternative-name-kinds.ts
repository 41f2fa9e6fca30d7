import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const brAlternativeNameKinds: LintRule = {
  id: 'br-alternative-name-kinds',
  source: 'cabf-br',
  level: 'error',
  description: 'subjectAltName holds DNS names and IP addresses only.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.12',
  effective: '2012-07-01',
  applies: (view) => isTlsSubscriber(view) && view.value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) =>
    firstFault(subjectAltName, ({ type }) =>
      type === 'dNSName' || type === 'iPAddress' ? undefined : `subjectAltName has a ${type}`,
    ),
}
