import { extendedKeyUsageOid } from '../../../x509/index.js'
import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'

export const smimePurpose: LintRule = {
  id: 'smime-purpose',
  source: 'cabf-smime',
  level: 'error',
  description: 'The purposes include emailProtection.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (f)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check: ({ purposes }) =>
    purposes.includes(extendedKeyUsageOid.emailProtection)
      ? undefined
      : 'extendedKeyUsage does not include emailProtection',
}
