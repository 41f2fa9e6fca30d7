import { equalBytes } from '../../../asn1/index.js'
import type { LintRule } from '../../rule.js'

export const authorityKeyIdentifierMatches: LintRule = {
  id: 'authority-key-identifier-matches',
  source: 'rfc5280',
  level: 'error',
  description:
    'The authority key identifier is the subject key identifier of the issuing certificate, or its own when self-signed.',
  citation: 'RFC 5280 section 4.2.1.1',
  effective: '2008-05-01',
  applies: ({ value }) => value.authorityKeyIdentifier?.keyIdentifier !== undefined,
  check({ value, issuer }) {
    const named = value.authorityKeyIdentifier?.keyIdentifier
    const own = (issuer?.value ?? value).subjectKeyIdentifier
    return named !== undefined && own !== undefined && equalBytes(named, own)
      ? undefined
      : "authorityKeyIdentifier is not the issuer's subjectKeyIdentifier"
  },
}
