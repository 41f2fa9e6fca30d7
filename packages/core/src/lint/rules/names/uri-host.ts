import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'
import { hostOf, isHost } from '../helpers/uris.js'

const hostFault = (uri: string): string | undefined => {
  const host = hostOf(uri)
  return host === undefined || isHost(host) ? undefined : `"${uri}" has no host name or IP address`
}

export const uriHost: LintRule = {
  id: 'uri-host',
  source: 'rfc5280',
  level: 'error',
  description: 'URIs with an authority have a fully qualified domain name or an IP address as their host.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ value }) => value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) =>
    firstFault(subjectAltName, ({ type, value }) =>
      type === 'uniformResourceIdentifier' ? hostFault(value) : undefined,
    ),
}
