import type { LintRule } from '../../rule.js'

export const unknownCriticalExtension: LintRule = {
  id: 'unknown-critical-extension',
  source: 'rfc5280',
  level: 'notice',
  description: 'Critical extensions are of types that are generally known.',
  citation: 'RFC 5280 section 4.2',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ unknownCritical }) =>
    unknownCritical.length === 0 ? undefined : `critical and not generally known: ${unknownCritical.join(', ')}`,
}
