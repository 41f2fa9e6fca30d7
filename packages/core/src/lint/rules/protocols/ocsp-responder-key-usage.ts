import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

export const ocspResponderKeyUsage: LintRule = {
  id: 'ocsp-responder-key-usage',
  source: 'protocols',
  level: 'error',
  description: 'The key of an OCSP responder may sign.',
  citation: 'RFC 6960 section 4.2.2.2, RFC 5280 section 4.2.1.12',
  effective: '2013-06-01',
  applies: ({ purposes, isCa, value }) =>
    !isCa && purposes.includes(extendedKeyUsageOid.ocspSigning) && value.keyUsage !== undefined,
  check: ({ value: { keyUsage } }) =>
    keyUsage?.has('digitalSignature') === true || keyUsage?.has('nonRepudiation') === true
      ? undefined
      : 'the key usage of an OCSP responder does not allow signatures',
}
