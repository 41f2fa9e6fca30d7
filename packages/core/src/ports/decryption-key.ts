import type { RsaEncryption } from '../algorithms/names.js'
import type { Awaitable, KeyType } from './signer.js'

/**
 * A private key that recovers secrets sent to it. It has the methods that its kind of key allows: RSA keys
 * `decryptRsa`, elliptic curve keys `agree`, ML-KEM keys `decapsulate`.
 */
export interface DecryptionKey {
  /** DER SubjectPublicKeyInfo of the key. */
  readonly publicKey: Uint8Array
  /**
   * Decrypts what was encrypted with the public key (RFC 8017 section 7). With `pkcs1`, a ciphertext whose padding is
   * wrong gives octets that depend on the key and the ciphertext alone and look like a message, in the same time as a
   * right one (implicit rejection): whoever asks can learn nothing from the difference.
   *
   * @throws CertwrightError `decryption` when the ciphertext is not one of this key's, for the cases that may be told.
   */
  readonly decryptRsa?: (encryption: RsaEncryption, ciphertext: Uint8Array) => Awaitable<Uint8Array>
  /**
   * The shared secret with the DER SubjectPublicKeyInfo `publicKey` on the same curve: the x coordinate for ECDH
   * (SEC 1 section 3.3.1), the u coordinate for X25519 and X448 (RFC 7748 section 6).
   *
   * @throws CertwrightError `decryption` when the key is on another curve, or the result is all zeros.
   */
  readonly agree?: (publicKey: Uint8Array) => Awaitable<Uint8Array>
  /**
   * The shared secret that the ciphertext holds (FIPS 203 section 7.3: a wrong ciphertext gives another secret).
   *
   * @throws CertwrightError `decryption` when the ciphertext has another length.
   */
  readonly decapsulate?: (ciphertext: Uint8Array) => Awaitable<Uint8Array>
}

/** What a keystore can do beyond signing: hold keys that decrypt. Not every one can, or wants to. */
export interface DecryptionKeyProvider {
  /**
   * Makes a key under `id` and has it durable before it returns, as `KeyProvider.generate` does.
   *
   * @throws CertwrightError `conflict` when `id` exists; `algorithm` when the provider cannot make this type.
   */
  generateForDecryption(id: string, type: KeyType): Promise<DecryptionKey>
  /**
   * Opens the key `id`, however it was made; `undefined` when there is none.
   *
   * @throws CertwrightError `key` when it exists but cannot be used, or cannot decrypt.
   */
  openForDecryption(id: string): Promise<DecryptionKey | undefined>
}
