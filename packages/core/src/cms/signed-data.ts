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
  signed,
  smallInteger,
} from '../asn1/index.js'
import { AlgorithmIdentifier, Attribute } from '../x509/index.js'
import { CertificateIdentifier } from './identifiers.js'

/**
 * EncapsulatedContentInfo, RFC 5652 section 5.2. `eContent` is the whole element: an OCTET STRING, or in messages of
 * PKCS #7 (RFC 5652 section 5.2.1) any type.
 */
export const EncapsulatedContentInfo = sequence({
  eContentType: objectIdentifier,
  eContent: optional(explicit(0, any)),
})
export type EncapsulatedContentInfo = Infer<typeof EncapsulatedContentInfo>

/** SignedAttributes, RFC 5652 section 5.3. What is signed is their DER as a SET OF. */
export const SignedAttributes = setOf(Attribute, { min: 1 })
export type SignedAttributes = Infer<typeof SignedAttributes>

/** SignerInfo, RFC 5652 section 5.3. */
export const SignerInfo = sequence({
  version: smallInteger,
  sid: CertificateIdentifier,
  digestAlgorithm: AlgorithmIdentifier,
  signedAttrs: optional(signed(implicit(0, SignedAttributes))),
  signatureAlgorithm: AlgorithmIdentifier,
  signature: octetString,
  unsignedAttrs: optional(implicit(1, setOf(Attribute, { min: 1 }))),
})
export type SignerInfo = Infer<typeof SignerInfo>

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
