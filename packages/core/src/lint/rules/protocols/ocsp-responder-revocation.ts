import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const ocspResponderRevocation: LintRule = {
  id: 'ocsp-responder-revocation',
  source: 'protocols',
  level: 'notice',
  description: 'The certificate of an OCSP responder says how its own revocation is checked, or that it is not.',
  citation: 'RFC 6960 section 4.2.2.2.1',
  effective: '2013-06-01',
  applies: ({ purposes, isCa }) => !isCa && purposes.includes(extendedKeyUsageOid.ocspSigning),
  check: ({ extension }) =>
    (extension.ocspNoCheck ?? extension.cRLDistributionPoints ?? extension.authorityInfoAccess)
      ? undefined
      : 'an OCSP responder without ocspNoCheck, cRLDistributionPoints and authorityInfoAccess',
}
