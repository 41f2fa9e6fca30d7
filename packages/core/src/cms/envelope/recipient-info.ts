import {
  any,
  bitString,
  choice,
  explicit,
  generalizedTime,
  type Infer,
  implicit,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  smallInteger,
} from '../../asn1/index.js'
import { AlgorithmIdentifier } from '../../x509/index.js'
import { CertificateIdentifier, IssuerAndSerialNumber } from '../identifiers.js'

/** KeyTransRecipientInfo, RFC 5652 section 6.2.1. */
export const KeyTransRecipientInfo = sequence({
  version: smallInteger,
  rid: CertificateIdentifier,
  keyEncryptionAlgorithm: AlgorithmIdentifier,
  encryptedKey: octetString,
})
export type KeyTransRecipientInfo = Infer<typeof KeyTransRecipientInfo>

/** OtherKeyAttribute, RFC 5652 section 10.2.7. */
const OtherKeyAttribute = sequence({ keyAttrId: objectIdentifier, keyAttr: optional(any) })

/** OriginatorPublicKey, RFC 5652 section 6.2.2. */
export const OriginatorPublicKey = sequence({ algorithm: AlgorithmIdentifier, publicKey: bitString })
export type OriginatorPublicKey = Infer<typeof OriginatorPublicKey>

/** KeyAgreeRecipientIdentifier, RFC 5652 section 6.2.2. */
export const KeyAgreeRecipientIdentifier = choice({
  issuerAndSerialNumber: IssuerAndSerialNumber,
  rKeyId: implicit(
    0,
    sequence({
      subjectKeyIdentifier: octetString,
      date: optional(generalizedTime),
      other: optional(OtherKeyAttribute),
    }),
  ),
})
export type KeyAgreeRecipientIdentifier = Infer<typeof KeyAgreeRecipientIdentifier>

/** KeyAgreeRecipientInfo, RFC 5652 section 6.2.2. */
export const KeyAgreeRecipientInfo = sequence({
  version: smallInteger,
  originator: explicit(
    0,
    choice({
      issuerAndSerialNumber: IssuerAndSerialNumber,
      subjectKeyIdentifier: implicit(0, octetString),
      originatorKey: implicit(1, OriginatorPublicKey),
    }),
  ),
  ukm: optional(explicit(1, octetString)),
  keyEncryptionAlgorithm: AlgorithmIdentifier,
  recipientEncryptedKeys: sequenceOf(sequence({ rid: KeyAgreeRecipientIdentifier, encryptedKey: octetString })),
})
export type KeyAgreeRecipientInfo = Infer<typeof KeyAgreeRecipientInfo>

/** KEKRecipientInfo, RFC 5652 section 6.2.3. */
export const KekRecipientInfo = sequence({
  version: smallInteger,
  kekid: sequence({
    keyIdentifier: octetString,
    date: optional(generalizedTime),
    other: optional(OtherKeyAttribute),
  }),
  keyEncryptionAlgorithm: AlgorithmIdentifier,
  encryptedKey: octetString,
})
export type KekRecipientInfo = Infer<typeof KekRecipientInfo>

/** PasswordRecipientInfo, RFC 5652 section 6.2.4. */
export const PasswordRecipientInfo = sequence({
  version: smallInteger,
  keyDerivationAlgorithm: optional(implicit(0, AlgorithmIdentifier)),
  keyEncryptionAlgorithm: AlgorithmIdentifier,
  encryptedKey: octetString,
})
export type PasswordRecipientInfo = Infer<typeof PasswordRecipientInfo>

/** KEMRecipientInfo, RFC 9629 section 3; `kekLength` in octets. */
export const KemRecipientInfo = sequence({
  version: smallInteger,
  rid: CertificateIdentifier,
  kem: AlgorithmIdentifier,
  kemct: octetString,
  kdf: AlgorithmIdentifier,
  kekLength: smallInteger,
  ukm: optional(explicit(0, octetString)),
  wrap: AlgorithmIdentifier,
  encryptedKey: octetString,
})
export type KemRecipientInfo = Infer<typeof KemRecipientInfo>

/** OtherRecipientInfo, RFC 5652 section 6.2.5. */
export const OtherRecipientInfo = sequence({ oriType: objectIdentifier, oriValue: any })
export type OtherRecipientInfo = Infer<typeof OtherRecipientInfo>

/** id-ori-kem, RFC 9629 section 3. */
export const kemRecipientType = '1.2.840.113549.1.9.16.13.3'

/** RecipientInfo, RFC 5652 section 6.2. */
export const RecipientInfo = choice({
  ktri: KeyTransRecipientInfo,
  kari: implicit(1, KeyAgreeRecipientInfo),
  kekri: implicit(2, KekRecipientInfo),
  pwri: implicit(3, PasswordRecipientInfo),
  ori: implicit(4, OtherRecipientInfo),
})
export type RecipientInfo = Infer<typeof RecipientInfo>
