import { describePublicKey, type PublicKeyDescription } from '../algorithms/index.js'
import {
  DeferredTBSCertList,
  type RevokedCertificate,
  SubjectPublicKeyInfo,
  type TBSCertificate,
  type TBSCertList,
} from '../x509/index.js'
import { type ReadExtensions, readExtensions } from './extension-values.js'

/** A CRL as rules see it: the entries one after the other, each of them only for a moment. */
export interface CrlView extends ReadExtensions {
  readonly tbs: Omit<TBSCertList, 'revokedCertificates'>
  /** Entries in their order; `undefined` when the field is absent. */
  readonly entries: (Iterable<RevokedCertificate> & { readonly length: number }) | undefined
  /** The certificate of the CA that signs it, when it is known. */
  readonly issuer: TBSCertificate | undefined
  /** The key of that certificate. */
  readonly issuerKey: PublicKeyDescription | undefined
  /** Whether it only lists changes since another CRL. */
  readonly isDelta: boolean
  /** Whether it lists certificates of other CAs. */
  readonly isIndirect: boolean
}

/** The CRL to be signed: its octets, which may be of any length, or what they mean. */
export type CrlLintSubject = (
  | {
      /** DER TBSCertList. */
      readonly bytes: Uint8Array
    }
  | { readonly tbs: TBSCertList }
) & {
  /** The TBS of the CA that signs it. */
  readonly issuer?: TBSCertificate
}

/**
 * Reads a CRL for the rules.
 *
 * @throws Asn1Error when the octets are not DER of a TBSCertList.
 */
export function crlView(subject: CrlLintSubject): CrlView {
  const { issuer } = subject
  const tbs = 'tbs' in subject ? subject.tbs : decodeLong(subject.bytes)
  const read = readExtensions(tbs.crlExtensions)
  return {
    ...read,
    tbs,
    entries: tbs.revokedCertificates,
    issuer,
    issuerKey:
      issuer === undefined ? undefined : describePublicKey(SubjectPublicKeyInfo.encode(issuer.subjectPublicKeyInfo)),
    isDelta: read.extension.deltaCRLIndicator !== undefined,
    isIndirect: read.value.issuingDistributionPoint?.indirectCRL === true,
  }
}

/** It was made here: its own length is the limit. */
const decodeLong = (bytes: Uint8Array): DeferredTBSCertList =>
  DeferredTBSCertList.decode(bytes, { maxSize: bytes.length, maxElements: bytes.length })
