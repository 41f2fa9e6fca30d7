import { equalBytes } from '../../../asn1/index.js'
import { CRLReason, extensionOid } from '../../../x509/index.js'
import type { CrlEntryLintRule } from '../../rule.js'

const unspecified = CRLReason.encode('unspecified')
const removeFromCrl = CRLReason.encode('removeFromCRL')

export const crlEntryReason: CrlEntryLintRule = {
  id: 'crl-entry-reason',
  source: 'rfc5280',
  level: 'error',
  description: 'A reason is absent rather than unspecified, not critical, and removeFromCRL only in a delta CRL.',
  citation: 'RFC 5280 section 5.3.1',
  effective: '2008-05-01',
  applies: () => true,
  begin:
    ({ isDelta }) =>
    ({ crlEntryExtensions }) => {
      const reason = crlEntryExtensions?.find(({ extnID }) => extnID === extensionOid.reasonCode)
      if (reason === undefined) return undefined
      if (reason.critical) return 'the reason of an entry is critical'
      if (equalBytes(reason.extnValue, unspecified)) return 'an entry has the reason unspecified'
      return !isDelta && equalBytes(reason.extnValue, removeFromCrl) ? 'removeFromCRL in a full CRL' : undefined
    },
}
