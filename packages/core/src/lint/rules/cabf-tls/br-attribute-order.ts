import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

const order: readonly string[] = [
  attributeOid.domainComponent,
  attributeOid.countryName,
  attributeOid.stateOrProvinceName,
  attributeOid.localityName,
  attributeOid.postalCode,
  attributeOid.streetAddress,
  attributeOid.organizationName,
  attributeOid.surname,
  attributeOid.givenName,
  attributeOid.organizationalUnitName,
  attributeOid.commonName,
]

export const brAttributeOrder: LintRule = {
  id: 'br-attribute-order',
  source: 'cabf-br',
  level: 'error',
  description: 'The attributes of the subject are in the order from the widest to the narrowest.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.4.2',
  effective: '2023-09-15',
  applies: ({ publicTls, subject }) => publicTls && subject.length > 1,
  check({ subject }) {
    const places = subject.flatMap(({ type }) => (order.includes(type) ? [order.indexOf(type)] : []))
    return places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))
      ? undefined
      : 'the attributes of the subject are not in order'
  },
}
