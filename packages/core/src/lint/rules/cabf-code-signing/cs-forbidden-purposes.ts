import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { forbiddenPurposes } from '../helpers/forum.js'

export const csForbiddenPurposes: LintRule = {
  id: 'cs-forbidden-purposes',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'The purposes include neither serverAuth nor any purpose.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.2.3 (f)',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check(view) {
    const found = forbiddenPurposes(view, ['anyExtendedKeyUsage', 'serverAuth'])
    return found === undefined ? undefined : `extendedKeyUsage includes ${found}`
  },
}
