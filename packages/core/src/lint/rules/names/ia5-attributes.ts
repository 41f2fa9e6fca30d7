import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { stringTag } from '../../subject-attributes.js'
import { firstFault } from '../helpers/faults.js'

const ia5: readonly string[] = [attributeOid.emailAddress, attributeOid.domainComponent]

export const ia5Attributes: LintRule = {
  id: 'ia5-attributes',
  source: 'rfc5280',
  level: 'error',
  description: 'emailAddress and domainComponent are IA5String.',
  citation: 'RFC 5280 appendix A.1',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, tag }) =>
      ia5.includes(type) && tag !== stringTag.ia5 ? `the attribute ${type} is not an IA5String` : undefined,
    ),
}
