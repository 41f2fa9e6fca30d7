import type { LintRule } from '../../rule.js'

export const keyUsageCa: LintRule = {
  id: 'key-usage-ca',
  source: 'rfc5280',
  level: 'error',
  description: 'The certificate of a CA has a key usage that includes keyCertSign.',
  citation: 'RFC 5280 section 4.2.1.3',
  effective: '2008-05-01',
  applies: ({ isCa }) => isCa,
  check: ({ value }) =>
    value.keyUsage?.has('keyCertSign') === true ? undefined : 'the key usage of the CA does not include keyCertSign',
}
