import { isTlsSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { forbiddenPurposes } from '../helpers/forum.js'

export const brForbiddenPurposes: LintRule = {
  id: 'br-forbidden-purposes',
  source: 'cabf-br',
  level: 'error',
  description: 'The purposes of a subscriber certificate do not reach into those of other kinds of certificate.',
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.2.7.10',
  effective: '2023-09-15',
  applies: (view) => isTlsSubscriber(view) && view.purposes.length > 0,
  check(view) {
    const names = ['codeSigning', 'emailProtection', 'timeStamping', 'ocspSigning', 'anyExtendedKeyUsage'] as const
    const found = forbiddenPurposes(view, names)
    return found === undefined ? undefined : `extendedKeyUsage includes ${found}`
  },
}
