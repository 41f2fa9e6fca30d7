import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { forbiddenPurposes } from '../helpers/forum.js'

export const smimeForbiddenPurposes: LintRule = {
  id: 'smime-forbidden-purposes',
  source: 'cabf-smime',
  level: 'error',
  description: 'The purposes do not reach into those of servers, code signing, timestamps and OCSP.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (f)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check(view) {
    const names = ['serverAuth', 'codeSigning', 'timeStamping', 'ocspSigning', 'anyExtendedKeyUsage'] as const
    const found = forbiddenPurposes(view, names)
    return found === undefined ? undefined : `extendedKeyUsage includes ${found}`
  },
}
