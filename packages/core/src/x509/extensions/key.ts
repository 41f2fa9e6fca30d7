import {
  generalizedTime,
  type Infer,
  implicit,
  namedBits,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.js'
import { GeneralNames } from '../../pkix/general-name.js'
import { CertificateSerialNumber } from '../certificate.js'

/** KeyIdentifier, RFC 5280 section 4.2.1.1. */
export const KeyIdentifier = octetString
export type KeyIdentifier = Infer<typeof KeyIdentifier>

/** SubjectKeyIdentifier, RFC 5280 section 4.2.1.2. */
export const SubjectKeyIdentifier = KeyIdentifier
export type SubjectKeyIdentifier = Infer<typeof SubjectKeyIdentifier>

/** AuthorityKeyIdentifier, RFC 5280 section 4.2.1.1. */
export const AuthorityKeyIdentifier = sequence({
  keyIdentifier: optional(implicit(0, KeyIdentifier)),
  authorityCertIssuer: optional(implicit(1, GeneralNames)),
  authorityCertSerialNumber: optional(implicit(2, CertificateSerialNumber)),
})
export type AuthorityKeyIdentifier = Infer<typeof AuthorityKeyIdentifier>

/** KeyUsage, RFC 5280 section 4.2.1.3. */
export const KeyUsage = namedBits([
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
])
export type KeyUsage = Infer<typeof KeyUsage>

/** ExtKeyUsageSyntax, RFC 5280 section 4.2.1.12: purposes, see `extendedKeyUsageOid`. */
export const ExtendedKeyUsage = sequenceOf(objectIdentifier, { min: 1 })
export type ExtendedKeyUsage = Infer<typeof ExtendedKeyUsage>

/** PrivateKeyUsagePeriod, RFC 3280 section 4.2.1.4. */
export const PrivateKeyUsagePeriod = sequence({
  notBefore: optional(implicit(0, generalizedTime)),
  notAfter: optional(implicit(1, generalizedTime)),
})
export type PrivateKeyUsagePeriod = Infer<typeof PrivateKeyUsagePeriod>
