import { attributeOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

export const countryCode: LintRule = {
  id: 'country-code',
  source: 'rfc5280',
  level: 'error',
  description: 'countryName has two letters.',
  citation: 'RFC 5280 appendix A.1 (X520countryName)',
  effective: '2008-05-01',
  applies: ({ subject }) => subject.length > 0,
  check: ({ subject }) =>
    firstFault(subject, ({ type, text = '' }) =>
      type === attributeOid.countryName && !/^[a-z]{2}$/i.test(text) ? `"${text}" is no country code` : undefined,
    ),
}
