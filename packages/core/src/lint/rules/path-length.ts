import { BasicConstraints, extensionOid } from '../../x509/index.js'
import { extensionValue, isCa } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** A CA stays within the path length of the CA above it. */
export const pathLength: LintRule = {
  id: 'path-length',
  level: 'error',
  citation: 'RFC 5280 sections 4.2.1.9 and 6.1.4 (l), (m)',
  applies: ({ tbs, issuer }) => isCa(tbs) && issuer !== undefined,
  check({ tbs, issuer }) {
    if (issuer === undefined) return undefined
    const above = extensionValue(issuer, extensionOid.basicConstraints, BasicConstraints)
    if (above?.pathLenConstraint === undefined) return above?.cA === true ? undefined : 'the issuer is not a CA'
    if (above.pathLenConstraint === 0) return 'the path length of the issuer leaves no room for another CA'
    const own = extensionValue(tbs, extensionOid.basicConstraints, BasicConstraints)?.pathLenConstraint
    if (own === undefined || own < above.pathLenConstraint) return undefined
    return `the path length ${own} is not below that of the issuer, ${above.pathLenConstraint}`
  },
}
