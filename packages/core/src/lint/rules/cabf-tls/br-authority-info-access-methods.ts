import { accessMethodOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

const known: readonly string[] = [accessMethodOid.ocsp, accessMethodOid.caIssuers]

export const brAuthorityInfoAccessMethods: LintRule = {
  id: 'br-authority-info-access-methods',
  source: 'cabf-br',
  level: 'error',
  description:
    'authorityInfoAccess names an OCSP responder or the certificate of the CA, nothing else, and no location twice.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.7 and 7.1.2.10.3',
  effective: '2023-09-15',
  applies: ({ publicTls, value }) => publicTls && value.authorityInfoAccess !== undefined,
  check({ value: { authorityInfoAccess = [] } }) {
    if (authorityInfoAccess.some(({ accessMethod }) => !known.includes(accessMethod))) {
      return 'authorityInfoAccess has another access method'
    }
    const twice = repeated(
      authorityInfoAccess.map(({ accessMethod, accessLocation }) => `${accessMethod} ${accessLocation.value}`),
    )
    return twice === undefined ? undefined : 'authorityInfoAccess names a location twice'
  },
}
