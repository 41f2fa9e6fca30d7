/**
 * Cryptographic Message Syntax (RFC 5652) and the containers of private keys.
 *
 * @module
 */
export { type CertsOnly, decodeCertsOnly, encodeCertsOnly } from './certs-only.js'
export { ContentInfo, contentTypeOid } from './content-info.js'
export type { PasswordEncryptionOptions, Pbkdf2Choice, ScryptChoice } from './password-options.js'
export {
  EncryptedPrivateKeyInfo,
  Pbes2Parameters,
  Pbkdf2Parameters,
  PrivateKeyInfo,
  ScryptParameters,
} from './pkcs8.js'
export { decryptPrivateKeyInfo, encryptPrivateKeyInfo, type PasswordEncryptionDeps } from './pkcs8-encryption.js'
export { EncapsulatedContentInfo, SignedData } from './signed-data.js'
