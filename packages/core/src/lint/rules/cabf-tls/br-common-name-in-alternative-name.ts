import { formatIpAddress } from '../../../pkix/index.js'
import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const brCommonNameInAlternativeName: LintRule = {
  id: 'br-common-name-in-alternative-name',
  source: 'cabf-br',
  level: 'error',
  description: 'The common name is one of the entries of subjectAltName, letter by letter.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.4.3',
  effective: '2012-07-01',
  applies: (view) => isTlsSubscriber(view) && view.commonNames.length > 0,
  check({ commonNames, dnsNames, value: { subjectAltName = [] } }) {
    // An address of another length is a fault that another rule names.
    const addresses = subjectAltName.flatMap(({ type, value }) =>
      type === 'iPAddress' && (value.length === 4 || value.length === 16) ? [formatIpAddress(value)] : [],
    )
    return firstFault(commonNames, (name) =>
      dnsNames.includes(name) || addresses.includes(name)
        ? undefined
        : `the common name "${name}" is not in subjectAltName`,
    )
  },
}
