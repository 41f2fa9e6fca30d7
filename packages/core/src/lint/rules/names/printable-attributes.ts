import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { stringTag } from '../../subject-attributes.js'
import { firstFault } from '../helpers/faults.js'

const printable: readonly string[] = [attributeOid.countryName, attributeOid.serialNumber, attributeOid.dnQualifier]

export const printableAttributes: LintRule = {
  id: 'printable-attributes',
  source: 'rfc5280',
  level: 'error',
  description: 'countryName, serialNumber and dnQualifier are PrintableString.',
  citation: 'RFC 5280 appendix A.1',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, tag }) =>
      printable.includes(type) && tag !== stringTag.printable
        ? `the attribute ${type} is not a PrintableString`
        : undefined,
    ),
}
