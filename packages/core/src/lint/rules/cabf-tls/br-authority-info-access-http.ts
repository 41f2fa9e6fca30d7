import type { LintRule } from '../../rule.js'
import { accessFault } from '../helpers/forum.js'

export const brAuthorityInfoAccessHttp: LintRule = {
  id: 'br-authority-info-access-http',
  source: 'cabf-br',
  level: 'error',
  description: 'The locations of authorityInfoAccess are HTTP URLs.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.7 and 7.1.2.10.3',
  effective: '2023-09-15',
  applies: ({ publicTls, value }) => publicTls && value.authorityInfoAccess !== undefined,
  check: (view) => accessFault(view),
}
