import { isCodeSigningSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { accessFault } from '../helpers/forum.js'

export const csAuthorityInfoAccess: LintRule = {
  id: 'cs-authority-info-access',
  source: 'cabf-code-signing',
  level: 'error',
  description: 'authorityInfoAccess is there, with HTTP URLs.',
  citation: 'CA/Browser Forum Code Signing Baseline Requirements section 7.1.2.3 (c)',
  effective: '2019-08-13',
  applies: isCodeSigningSubscriber,
  check: (view) =>
    view.extension.authorityInfoAccess === undefined ? 'there is no authorityInfoAccess' : accessFault(view),
}
