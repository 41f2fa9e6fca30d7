import { accessMethodOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'
import { isHttpOrLdap } from '../helpers/uris.js'

const methods: readonly string[] = [accessMethodOid.caIssuers, accessMethodOid.ocsp]

export const authorityInfoAccessUri: LintRule = {
  id: 'authority-info-access-uri',
  source: 'rfc5280',
  level: 'warning',
  description: "The CA's certificate and its OCSP responder are reached by an HTTP or LDAP URI.",
  citation: 'RFC 5280 section 4.2.2.1',
  effective: '2008-05-01',
  applies: ({ value }) => value.authorityInfoAccess !== undefined,
  check: ({ value: { authorityInfoAccess = [] } }) =>
    firstFault(authorityInfoAccess, ({ accessMethod, accessLocation: { type, value } }) => {
      if (!methods.includes(accessMethod)) return undefined
      const reachable = type === 'uniformResourceIdentifier' && isHttpOrLdap(value)
      return reachable || type === 'directoryName' ? undefined : 'authorityInfoAccess points to no HTTP or LDAP URI'
    }),
}
