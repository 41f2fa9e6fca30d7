/**
 * Cryptography by a WebCrypto engine, given as an argument: a backend beside that of `node:crypto`, and signers and
 * decryption keys over keys that the engine holds.
 *
 * @module
 */
export { webCrypto } from './backend.js'
export type { WebCryptoEngine, WebCryptoKey } from './engine.js'
export { type WebCryptoKeyPair, webCryptoDecryptionKey, webCryptoSigner } from './keys.js'
