import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

const isAbsolute = (uri: string): boolean => /^[a-z][a-z0-9+.-]*:./i.test(uri) && !/[\s<>"{}|\\^`]/.test(uri)

export const uriAbsolute: LintRule = {
  id: 'uri-absolute',
  source: 'rfc5280',
  level: 'error',
  description: 'URIs among the alternative names are absolute: a scheme and something behind it.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ value }) => value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) =>
    firstFault(subjectAltName, ({ type, value }) =>
      type !== 'uniformResourceIdentifier' || isAbsolute(value) ? undefined : `"${value}" is not an absolute URI`,
    ),
}
