import { Validity } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'
import { includesBytes } from '../helpers/faults.js'

export const timeForm: LintRule = {
  id: 'time-form',
  source: 'rfc5280',
  level: 'error',
  description: 'Dates through 2049 are UTCTime, later ones GeneralizedTime.',
  citation: 'RFC 5280 section 4.1.2.5',
  effective: '2008-05-01',
  applies: ({ bytes }) => bytes.length > 0,
  check: ({ bytes, tbs: { validity } }) =>
    includesBytes(bytes, Validity.encode(validity)) ? undefined : 'a date is not in the form for its year',
}
