/**
 * Cryptographic Message Syntax (RFC 5652) and the containers of private keys.
 *
 * @module
 */
export {
  attribute,
  attributeTypeOid,
  CmsAlgorithmProtection,
  IssuerSerial,
  SigningCertificate,
  SigningCertificateV2,
  SigningTime,
} from './attributes.js'
export { type CertsOnly, decodeCertsOnly, encodeCertsOnly } from './certs-only.js'
export type { Content } from './content.js'
export { ContentInfo, contentTypeOid } from './content-info.js'
export { DigestedData, encodeDigestedData, openDigestedData } from './digested-data.js'
export * from './envelope/index.js'
export {
  CertificateIdentifier,
  certificateIdentifier,
  type IdentifierKind,
  IssuerAndSerialNumber,
  identifies,
} from './identifiers.js'
export type { PasswordEncryptionOptions, Pbkdf2Choice, ScryptChoice } from './password-options.js'
export {
  EncryptedPrivateKeyInfo,
  Pbes2Parameters,
  Pbkdf2Parameters,
  PrivateKeyInfo,
  ScryptParameters,
} from './pkcs8.js'
export { decryptPrivateKeyInfo, encryptPrivateKeyInfo, type PasswordEncryptionDeps } from './pkcs8-encryption.js'
export * from './pkcs12/index.js'
export { SeededPrivateKey } from './post-quantum-keys.js'
export {
  type CmsSigner,
  type CmsSignerOptions,
  createCmsSigner,
  encodeSignedData,
  type MessageSigner,
  type SignedDataOptions,
} from './sign.js'
export { EncapsulatedContentInfo, SignedAttributes, SignedData, SignerInfo } from './signed-data.js'
export {
  type SignerFailure,
  type SignerVerdict,
  type VerifiedSignedData,
  type VerifySignedDataOptions,
  verifySignedData,
} from './verify.js'
