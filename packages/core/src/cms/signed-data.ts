import {
  any,
  explicit,
  type Infer,
  implicit,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  setOf,
  smallInteger,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from '../x509/algorithm-identifier.js'

/** EncapsulatedContentInfo, RFC 5652 section 5.2. */
export const EncapsulatedContentInfo = sequence({
  eContentType: objectIdentifier,
  eContent: optional(explicit(0, octetString)),
})
export type EncapsulatedContentInfo = Infer<typeof EncapsulatedContentInfo>

/**
 * SignedData, RFC 5652 section 5.1. Certificates, CRLs and signer infos are whole elements: which of them to decode is
 * the reader's choice.
 */
export const SignedData = sequence({
  version: smallInteger,
  digestAlgorithms: setOf(AlgorithmIdentifier),
  encapContentInfo: EncapsulatedContentInfo,
  certificates: optional(implicit(0, setOf(any))),
  crls: optional(implicit(1, setOf(any))),
  signerInfos: setOf(any),
})
export type SignedData = Infer<typeof SignedData>
