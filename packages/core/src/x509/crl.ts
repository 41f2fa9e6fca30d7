import {
  bitString,
  type DeferredList,
  deferredSequenceOf,
  equalBytes,
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

/** Fields of TBSCertList before and after the entries. */
const head = {
  version: optional(smallInteger),
  signature: AlgorithmIdentifier,
  issuer: Name,
  thisUpdate: time,
  nextUpdate: optional(time),
} as const
const tail = { crlExtensions: optional(explicit(0, Extensions)) } as const

/** TBSCertList, RFC 5280 section 5.1.2. `version` is 1 (v2) or absent (v1). */
export const TBSCertList = sequence({
  ...head,
  revokedCertificates: optional(sequenceOf(RevokedCertificate)),
  ...tail,
})
export type TBSCertList = Infer<typeof TBSCertList>

/** CertificateList, RFC 5280 section 5.1.1. */
export const CertificateList = sequence({
  tbsCertList: signed(TBSCertList),
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString,
})
export type CertificateList = Infer<typeof CertificateList>

/** TBSCertList of many entries: an entry becomes an object only when it is asked for. */
export const DeferredTBSCertList = sequence({
  ...head,
  revokedCertificates: optional(deferredSequenceOf(RevokedCertificate)),
  ...tail,
})
export type DeferredTBSCertList = Infer<typeof DeferredTBSCertList>

/** CertificateList for CRLs of many entries. */
export const DeferredCertificateList = sequence({
  tbsCertList: signed(DeferredTBSCertList),
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString,
})
export type DeferredCertificateList = Infer<typeof DeferredCertificateList>

/**
 * The first entry of a serial number, or `undefined`. Looks at the octets of the entries one after the other and
 * decodes only the one found; for many look-ups build an index. Entries of indirect CRLs also need their issuer.
 *
 * @param serialNumber content octets, as in `TBSCertificate.serialNumber`
 * @throws Asn1Error when the entry found is malformed.
 */
export function findRevoked(
  entries: DeferredList<RevokedCertificate> | undefined,
  serialNumber: Uint8Array,
): RevokedCertificate | undefined {
  if (entries === undefined) return undefined
  const wanted = CertificateSerialNumber.encode(serialNumber)
  for (let index = 0; index < entries.length; index++) {
    const entry = entries.bytes(index)
    const start = (entry[1] ?? 0) < 0x80 ? 2 : 2 + ((entry[1] ?? 0) & 0x7f)
    if (equalBytes(entry.subarray(start, start + wanted.length), wanted)) return entries.at(index)
  }
  return undefined
}
