import type { KeyType } from './signer.js'

/** A key pair that was made for somebody else. */
export interface GeneratedKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** DER PrivateKeyInfo (RFC 5958), in the clear: for the one it was made for, and for nobody else. */
  readonly privateKey: Uint8Array
}

/** Makes keys that leave this process: for requesters that want theirs made here. A `KeyProvider` keeps its own. */
export interface KeyGenerator {
  /**
   * Makes a key pair; nothing of it is kept.
   *
   * @throws CertwrightError `algorithm` when it cannot make this type.
   */
  generate(type: KeyType): Promise<GeneratedKey>
}
