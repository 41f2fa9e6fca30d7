import type { LintRule } from '../rule.js'

/** No extension occurs twice. */
export const uniqueExtensions: LintRule = {
  id: 'unique-extensions',
  level: 'error',
  citation: 'RFC 5280 section 4.2',
  applies: ({ tbs }) => tbs.extensions !== undefined,
  check({ tbs: { extensions = [] } }) {
    const oids = extensions.map(({ extnID }) => extnID)
    const twice = oids.find((oid, index) => oids.indexOf(oid) !== index)
    return twice === undefined ? undefined : `extension ${twice} occurs twice`
  },
}
