import type { LintRule } from '../../rule.js'

export const keyUsageOnlyBits: LintRule = {
  id: 'key-usage-only-bits',
  source: 'rfc5280',
  level: 'warning',
  description: 'encipherOnly and decipherOnly come with keyAgreement: alone their meaning is undefined.',
  citation: 'RFC 5280 section 4.2.1.3',
  effective: '2008-05-01',
  applies: ({ value: { keyUsage } }) =>
    keyUsage?.has('encipherOnly') === true || keyUsage?.has('decipherOnly') === true,
  check: ({ value }) =>
    value.keyUsage?.has('keyAgreement') === true ? undefined : 'encipherOnly or decipherOnly without keyAgreement',
}
