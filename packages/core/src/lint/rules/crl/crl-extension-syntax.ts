import type { CrlLintRule } from '../../rule.js'

export const crlExtensionSyntax: CrlLintRule = {
  id: 'crl-extension-syntax',
  source: 'rfc5280',
  level: 'error',
  description: 'Every known extension holds the DER encoding of its type.',
  citation: 'RFC 5280 section 5.2',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ malformed }) => (malformed.length === 0 ? undefined : malformed.join('; ')),
}
