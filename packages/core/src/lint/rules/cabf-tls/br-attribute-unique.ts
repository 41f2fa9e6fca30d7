import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

const several: readonly string[] = [attributeOid.domainComponent, attributeOid.streetAddress]

export const brAttributeUnique: LintRule = {
  id: 'br-attribute-unique',
  source: 'cabf-br',
  level: 'error',
  description: 'No attribute occurs twice in the subject, domain components and street addresses aside.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.4.1',
  effective: '2023-09-15',
  applies: ({ publicTls, subject }) => publicTls && subject.length > 1,
  check({ subject }) {
    const twice = repeated(subject.flatMap(({ type }) => (several.includes(type) ? [] : [type])))
    return twice === undefined ? undefined : `the attribute ${twice} occurs twice`
  },
}
