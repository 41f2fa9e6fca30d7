import type { LintRule } from '../rule.js'

/** A certificate with extensions is of version 3. */
export const version3: LintRule = {
  id: 'version-3',
  level: 'error',
  citation: 'RFC 5280 section 4.1.2.1',
  applies: () => true,
  check: ({ tbs }) => (tbs.version === 2 ? undefined : `version is ${tbs.version + 1}`),
}
