import type { LintRule } from '../../rule.js'
import { hasAttribute } from '../helpers/forum.js'

export const brOrganizationalUnit: LintRule = {
  id: 'br-organizational-unit',
  source: 'cabf-br',
  level: 'error',
  description: 'The subject has no organizational unit.',
  citation: 'CA/Browser Forum TLS Baseline Requirements sections 7.1.2.7.4 and 7.1.2.10.2',
  effective: '2022-09-01',
  applies: ({ publicTls }) => publicTls,
  check: (view) =>
    hasAttribute(view, 'organizationalUnitName') ? 'the subject has an organizationalUnitName' : undefined,
}
