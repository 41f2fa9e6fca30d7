import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

/** ub-* of the appendix, in characters; those of addresses are in X.520 alone. */
const upperBounds: ReadonlyMap<string, number> = new Map([
  [attributeOid.commonName, 64],
  [attributeOid.serialNumber, 64],
  [attributeOid.countryName, 2],
  [attributeOid.localityName, 128],
  [attributeOid.stateOrProvinceName, 128],
  [attributeOid.organizationName, 64],
  [attributeOid.organizationalUnitName, 64],
  [attributeOid.title, 64],
  [attributeOid.emailAddress, 255],
  [attributeOid.surname, 32768],
  [attributeOid.givenName, 32768],
  [attributeOid.initials, 32768],
  [attributeOid.postalCode, 40],
  [attributeOid.streetAddress, 128],
])

export const attributeLength: LintRule = {
  id: 'attribute-length',
  source: 'rfc5280',
  level: 'error',
  description: 'Attributes of the subject are no longer than their upper bounds.',
  citation: 'RFC 5280 appendix A.1 and ITU-T X.520 (02/2001) annex C (upper bounds)',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text = '' }) => {
      const bound = upperBounds.get(type)
      if (bound === undefined || text.length <= bound) return undefined
      return [...text].length > bound ? `the attribute ${type} has more than ${bound} characters` : undefined
    }),
}
