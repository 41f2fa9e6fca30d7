import type { LintRule } from '../../rule.js'

export const rsaPublicExponent: LintRule = {
  id: 'rsa-public-exponent',
  source: 'practice',
  level: 'warning',
  description: 'The public exponent of an RSA key lies between 2^16 and 2^256.',
  citation: 'FIPS 186-5 appendix A.1.1',
  effective: '2013-07-01',
  applies: ({ key }) => key?.exponent !== undefined,
  check: ({ key: { exponent = 0n } = {} }) =>
    exponent > 0x10000n && exponent < 1n << 256n ? undefined : 'the RSA public exponent is outside 2^16 to 2^256',
}
