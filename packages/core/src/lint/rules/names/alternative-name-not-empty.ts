import type { GeneralName } from '../../../pkix/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

const emptyName = ({ type, value }: GeneralName): string | undefined => {
  const counted = typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value)
  return counted && value.length === 0 ? `subjectAltName has an empty ${type}` : undefined
}

export const alternativeNameNotEmpty: LintRule = {
  id: 'alternative-name-not-empty',
  source: 'rfc5280',
  level: 'error',
  description: 'No alternative name of the subject is empty.',
  citation: 'RFC 5280 section 4.2.1.6',
  effective: '2008-05-01',
  applies: ({ value }) => value.subjectAltName !== undefined,
  check: ({ value: { subjectAltName = [] } }) => firstFault(subjectAltName, emptyName),
}
