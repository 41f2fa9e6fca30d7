import type { LintRule } from '../../rule.js'

export const publicKeyForm: LintRule = {
  id: 'public-key-form',
  source: 'algorithms',
  level: 'error',
  description:
    'The public key has the form of its algorithm: named curves, uncompressed points, exact lengths, no needless parameters.',
  citation:
    'RFC 4055 sections 1.2 and 3.1, RFC 5480 section 2, RFC 8410 section 4, RFC 9881 section 4, RFC 9909 section 5, RFC 9935 section 4',
  effective: '2008-05-01',
  applies: () => true,
  check: ({ keyFault }) => keyFault,
}
