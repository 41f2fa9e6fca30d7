import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { stringTag } from '../../subject-attributes.js'
import { firstFault } from '../helpers/faults.js'

const others: readonly string[] = [
  attributeOid.emailAddress,
  attributeOid.domainComponent,
  attributeOid.userId,
  '1.2.840.113549.1.9.2', // unstructuredName, RFC 2985 section 5.4.3
]

export const directoryStringType: LintRule = {
  id: 'directory-string-type',
  source: 'rfc5280',
  level: 'error',
  description: 'Attributes that are directory strings are PrintableString or UTF8String.',
  citation: 'RFC 5280 section 4.1.2.4',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, tag }) =>
      tag === stringTag.printable || tag === stringTag.utf8 || others.includes(type)
        ? undefined
        : `the attribute ${type} is neither PrintableString nor UTF8String`,
    ),
}
