import {
  bitString,
  defaulted,
  explicit,
  type Infer,
  implicit,
  integerBytes,
  optional,
  sequence,
  signed,
  smallInteger,
  time,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'
import { Extensions } from './extension.js'
import { SubjectPublicKeyInfo } from './keys.js'
import { Name } from './name.js'

/** Version, RFC 5280 section 4.1.2.1: 0 for v1, 1 for v2, 2 for v3. */
export const Version = smallInteger
export type Version = Infer<typeof Version>

/** CertificateSerialNumber, RFC 5280 section 4.1.2.2, as the content octets of the INTEGER (signed, no spare octet). */
export const CertificateSerialNumber = integerBytes
export type CertificateSerialNumber = Infer<typeof CertificateSerialNumber>

/** Validity, RFC 5280 section 4.1.2.5: both ends belong to the period. */
export const Validity = sequence({
  notBefore: time,
  notAfter: time,
})
export type Validity = Infer<typeof Validity>

/** UniqueIdentifier, RFC 5280 section 4.1.2.8. */
export const UniqueIdentifier = bitString
export type UniqueIdentifier = Infer<typeof UniqueIdentifier>

/** TBSCertificate, RFC 5280 section 4.1.2. */
export const TBSCertificate = sequence({
  version: defaulted(explicit(0, Version), 0),
  serialNumber: CertificateSerialNumber,
  signature: AlgorithmIdentifier,
  issuer: Name,
  validity: Validity,
  subject: Name,
  subjectPublicKeyInfo: SubjectPublicKeyInfo,
  issuerUniqueID: optional(implicit(1, UniqueIdentifier)),
  subjectUniqueID: optional(implicit(2, UniqueIdentifier)),
  extensions: optional(explicit(3, Extensions)),
})
export type TBSCertificate = Infer<typeof TBSCertificate>

/** Certificate, RFC 5280 section 4.1.1. */
export const Certificate = sequence({
  tbsCertificate: signed(TBSCertificate),
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString,
})
export type Certificate = Infer<typeof Certificate>
