import { extensionOid } from '../../../x509/index.js'
import type { CrlEntryLintRule } from '../../rule.js'

export const crlEntryIssuer: CrlEntryLintRule = {
  id: 'crl-entry-issuer',
  source: 'rfc5280',
  level: 'error',
  description: 'A certificate issuer is critical, and only in entries of indirect CRLs.',
  citation: 'RFC 5280 section 5.3.3',
  effective: '2008-05-01',
  applies: () => true,
  begin:
    ({ isIndirect }) =>
    ({ crlEntryExtensions }) => {
      const issuer = crlEntryExtensions?.find(({ extnID }) => extnID === extensionOid.certificateIssuer)
      if (issuer === undefined) return undefined
      if (!issuer.critical) return 'the certificate issuer of an entry is not critical'
      return isIndirect ? undefined : 'an entry has a certificate issuer in a CRL that is not indirect'
    },
}
