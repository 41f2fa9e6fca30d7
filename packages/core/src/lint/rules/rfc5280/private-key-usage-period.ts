import type { LintRule } from '../../rule.js'

export const privateKeyUsagePeriod: LintRule = {
  id: 'private-key-usage-period',
  source: 'rfc5280',
  level: 'error',
  description: 'privateKeyUsagePeriod is not critical and names a beginning or an end.',
  citation: 'RFC 3280 section 4.2.1.4',
  effective: '2002-04-01',
  applies: ({ extension }) => extension.privateKeyUsagePeriod !== undefined,
  check({ extension, value: { privateKeyUsagePeriod } }) {
    if (extension.privateKeyUsagePeriod?.critical === true) return 'privateKeyUsagePeriod is critical'
    return privateKeyUsagePeriod?.notBefore === undefined && privateKeyUsagePeriod?.notAfter === undefined
      ? 'privateKeyUsagePeriod is empty'
      : undefined
  },
}
