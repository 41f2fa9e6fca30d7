import type { LintRule } from '../../rule.js'

export const rsaModulusLength: LintRule = {
  id: 'rsa-modulus-length',
  source: 'practice',
  level: 'error',
  description: 'RSA keys have at least 2048 bits.',
  citation: 'NIST SP 800-131A revision 2, tables 2 and 5',
  effective: '2014-01-01',
  applies: ({ key }) => key?.family === 'rsa',
  check: ({ key }) => ((key?.bits ?? 0) >= 2048 ? undefined : `the RSA key has only ${key?.bits} bits`),
}
