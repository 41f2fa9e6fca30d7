import {
  any,
  type Infer,
  implicit,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  setOf,
  signed,
  smallInteger,
} from '../../asn1/index.js'
import { AlgorithmIdentifier, Attribute } from '../../x509/index.js'
import { RecipientInfo } from './recipient-info.js'

/** Attributes that are not empty. */
export const Attributes = setOf(Attribute, { min: 1 })

/** EncryptedContentInfo, RFC 5652 section 6.1. */
export const EncryptedContentInfo = sequence({
  contentType: objectIdentifier,
  contentEncryptionAlgorithm: AlgorithmIdentifier,
  encryptedContent: optional(implicit(0, octetString)),
})
export type EncryptedContentInfo = Infer<typeof EncryptedContentInfo>

const OriginatorInfo = sequence({
  certs: optional(implicit(0, setOf(any))),
  crls: optional(implicit(1, setOf(any))),
})

/** EnvelopedData, RFC 5652 section 6.1. */
export const EnvelopedData = sequence({
  version: smallInteger,
  originatorInfo: optional(implicit(0, OriginatorInfo)),
  recipientInfos: setOf(RecipientInfo, { min: 1 }),
  encryptedContentInfo: EncryptedContentInfo,
  unprotectedAttrs: optional(implicit(1, Attributes)),
})
export type EnvelopedData = Infer<typeof EnvelopedData>

/** AuthEnvelopedData, RFC 5083 section 2.1. The DER of `authAttrs`, tagged as a SET OF, is authenticated too. */
export const AuthEnvelopedData = sequence({
  version: smallInteger,
  originatorInfo: optional(implicit(0, OriginatorInfo)),
  recipientInfos: setOf(RecipientInfo, { min: 1 }),
  authEncryptedContentInfo: EncryptedContentInfo,
  authAttrs: optional(signed(implicit(1, Attributes))),
  mac: octetString,
  unauthAttrs: optional(implicit(2, Attributes)),
})
export type AuthEnvelopedData = Infer<typeof AuthEnvelopedData>

/** EncryptedData, RFC 5652 section 8. */
export const EncryptedData = sequence({
  version: smallInteger,
  encryptedContentInfo: EncryptedContentInfo,
  unprotectedAttrs: optional(implicit(1, Attributes)),
})
export type EncryptedData = Infer<typeof EncryptedData>
