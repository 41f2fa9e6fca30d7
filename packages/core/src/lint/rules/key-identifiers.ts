import { equalBytes } from '../../asn1/index.js'
import { AuthorityKeyIdentifier, extensionOid, SubjectKeyIdentifier } from '../../x509/index.js'
import { extension, extensionValue } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** Both key identifiers are there, not critical, and the authority's is the issuer's own. */
export const keyIdentifiers: LintRule = {
  id: 'key-identifiers',
  level: 'error',
  citation: 'RFC 5280 sections 4.2.1.1 and 4.2.1.2',
  applies: () => true,
  check({ tbs, issuer }) {
    if (extension(tbs, extensionOid.subjectKeyIdentifier)?.critical !== false) {
      return 'subjectKeyIdentifier is missing or critical'
    }
    if (issuer === undefined) return undefined
    if (extension(tbs, extensionOid.authorityKeyIdentifier)?.critical !== false) {
      return 'authorityKeyIdentifier is missing or critical'
    }
    const authority = extensionValue(tbs, extensionOid.authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier
    const issuers = extensionValue(issuer, extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier)
    const same = authority !== undefined && issuers !== undefined && equalBytes(authority, issuers)
    return same ? undefined : "authorityKeyIdentifier is not the issuer's subjectKeyIdentifier"
  },
}
