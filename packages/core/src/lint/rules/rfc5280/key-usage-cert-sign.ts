import type { LintRule } from '../../rule.js'

export const keyUsageCertSign: LintRule = {
  id: 'key-usage-cert-sign',
  source: 'rfc5280',
  level: 'error',
  description: 'Only CAs have keyCertSign in their key usage.',
  citation: 'RFC 5280 sections 4.2.1.3 and 4.2.1.9',
  effective: '2008-05-01',
  applies: ({ value }) => value.keyUsage?.has('keyCertSign') === true,
  check: ({ isCa }) => (isCa ? undefined : 'keyCertSign is set, but basicConstraints does not say that it is a CA'),
}
