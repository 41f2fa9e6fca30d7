/**
 * One table per family of algorithms: OIDs, parameters, hashes and key rules. Nothing else in the packages switches on
 * an algorithm's OID.
 *
 * @module
 */
export {
  type CipherAlgorithm,
  type CipherScheme,
  cipherAlgorithm,
  cipherAlgorithms,
  cipherIdentifier,
  cipherKeyLength,
  cipherSchemeOf,
  type KeyWrapAlgorithm,
  keyWrapAlgorithm,
  keyWrapAlgorithms,
  keyWrapIdentifier,
  keyWrapOf,
  passwordWrapIdentifier,
  passwordWrapOf,
} from './ciphers.js'
export {
  type HashAlgorithm,
  hashAlgorithm,
  hashAlgorithmIdentifier,
  hashAlgorithmOf,
  hashAlgorithms,
} from './hashes.js'
export { type IteratedHashBackend, type Pkcs12KdfOptions, pbkdf1, pkcs12Kdf } from './iterated-hashes.js'
export {
  type AgreementDerivation,
  hkdfHashOf,
  hkdfIdentifier,
  type KeyAgreementScheme,
  keyAgreementIdentifier,
  keyAgreementOf,
} from './key-agreement.js'
export {
  checkedIterations,
  type DerivationLimits,
  defaultDerivationLimits,
  derivationIdentifier,
  derivationOf,
  deriveFromPassword,
  hkdf,
  type PasswordDerivation,
  x963Kdf,
} from './key-derivation.js'
export { type KeyIdentifierMethod, keyIdentifier, keyIdentifierMethods } from './key-identifier.js'
export { rsaEncryptionIdentifier, rsaEncryptionOf } from './key-transport.js'
export {
  isSigningKeyType,
  type KeyTypeRule,
  keyTypeOf,
  keyTypeRule,
  keyTypes,
  type SigningKeyTypeRule,
  signingKeyTypes,
} from './key-types.js'
export { hmacHashOf, hmacIdentifier } from './macs.js'
export type {
  BrokenSignatureAlgorithmName,
  CipherName,
  HashName,
  KeyWrapName,
  MlDsaName,
  MlKemName,
  RsaEncryption,
  SignatureAlgorithmName,
  SlhDsaName,
} from './names.js'
export {
  AeadParameters,
  CmsOriForKemOtherInfo,
  EccCmsSharedInfo,
  PbeParameters,
  Pbes2Parameters,
  Pbkdf2Parameters,
  Pbmac1Parameters,
  Rc2CbcParameter,
  RsaesOaepParameters,
  ScryptParameters,
} from './parameter-structures.js'
export { type PasswordOctets, passwordOctets, passwordReadings } from './password.js'
export { decryptWithPassword, encryptWithPassword, passwordError } from './password-cipher.js'
export {
  checkedHashIterations,
  type LegacyPasswordEncryption,
  legacyPasswordEncryption,
  legacyPasswordEncryptions,
  type PasswordEncryption,
  passwordEncryptionIdentifier,
  passwordEncryptionOf,
} from './password-encryption.js'
export {
  computePasswordMac,
  type PasswordMac,
  type PasswordMacFields,
  passwordMacFields,
  passwordMacOf,
} from './password-mac.js'
export {
  type ParameterSet,
  type ParameterSetName,
  type PostQuantumFamily,
  parameterSetNamed,
  parameterSetOf,
  parameterSets,
} from './post-quantum.js'
export { type PrivateKeyParts, RsaPrivateKey, subjectPublicKeyInside } from './private-keys.js'
export {
  type CurveName,
  describeKeyInfo,
  describePublicKey,
  type KeyFamily,
  keyStrength,
  type PublicKeyDescription,
} from './public-keys.js'
export {
  type AnySignatureAlgorithm,
  anySignatureSchemeOf,
  brokenSignatureAlgorithms,
  isSoundSignatureAlgorithm,
  type SignatureAlgorithm,
  type SignatureKeyFamily,
  type SignatureScheme,
  signatureAlgorithm,
  signatureAlgorithmIdentifier,
  signatureAlgorithmOf,
  signatureAlgorithms,
  signatureSchemeOf,
  signerAlgorithmIdentifier,
  signerSchemeOf,
} from './signatures.js'
export { createWorkBudget, type WorkBudget } from './work-budget.js'
