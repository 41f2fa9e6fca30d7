import {
  bitString,
  explicit,
  type Infer,
  optional,
  sequence,
  sequenceOf,
  signed,
  smallInteger,
  time,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'
import { CertificateSerialNumber } from './certificate.js'
import { Extensions } from './extension.js'
import { Name } from './name.js'

/** One entry of `revokedCertificates`, RFC 5280 section 5.1.2.6. */
export const RevokedCertificate = sequence({
  userCertificate: CertificateSerialNumber,
  revocationDate: time,
  crlEntryExtensions: optional(Extensions),
})
export type RevokedCertificate = Infer<typeof RevokedCertificate>

/** TBSCertList, RFC 5280 section 5.1.2. `version` is 1 (v2) or absent (v1). */
export const TBSCertList = sequence({
  version: optional(smallInteger),
  signature: AlgorithmIdentifier,
  issuer: Name,
  thisUpdate: time,
  nextUpdate: optional(time),
  revokedCertificates: optional(sequenceOf(RevokedCertificate)),
  crlExtensions: optional(explicit(0, Extensions)),
})
export type TBSCertList = Infer<typeof TBSCertList>

/** CertificateList, RFC 5280 section 5.1.1. */
export const CertificateList = sequence({
  tbsCertList: signed(TBSCertList),
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString,
})
export type CertificateList = Infer<typeof CertificateList>
