import type { MlDsaName, MlKemName, SignatureAlgorithmName, SlhDsaName } from '../algorithms/names.js'

/** A value, or a promise of it: synchronous backends stay synchronous on the hot path. */
export type Awaitable<T> = T | Promise<T>

/**
 * A private key that signs with one algorithm. The key itself is never visible: it may lie in memory, in an encrypted
 * file or in a hardware module.
 */
export interface Signer {
  /** The signature algorithm that `sign` uses. */
  readonly algorithm: SignatureAlgorithmName
  /** DER SubjectPublicKeyInfo of the key (RFC 5280 section 4.1.2.7). */
  readonly publicKey: Uint8Array
  /**
   * Signs `data` (the whole message, not its hash) and returns the signature in the form that goes into a BIT STRING of
   * a certificate: DER `ECDSA-Sig-Value` for ECDSA, octets for all others.
   *
   * @throws CertwrightError `key` when the backend cannot sign.
   */
  sign(data: Uint8Array): Awaitable<Uint8Array>
}

/** The kinds of key that can sign. */
export type SigningKeyType =
  | 'ecdsa-p256'
  | 'ecdsa-p384'
  | 'ecdsa-p521'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'rsa-8192'
  | 'ed25519'
  | 'ed448'
  | MlDsaName
  | SlhDsaName

/** The kinds of key, those that cannot sign included. */
export type KeyType = SigningKeyType | 'x25519' | 'x448' | MlKemName

/** A keystore: makes keys, finds them again by their id, destroys them. */
export interface KeyProvider {
  /**
   * Makes a key under `id` and has it durable before it returns. A crash leaves either the whole key or none.
   *
   * @throws CertwrightError `conflict` when `id` exists; `algorithm` when the provider cannot make this type.
   */
  generate(id: string, type: SigningKeyType): Promise<Signer>
  /**
   * Opens the key `id`; `undefined` when there is none.
   *
   * @throws CertwrightError `key` when it exists but cannot be used (wrong passphrase, damaged).
   */
  open(id: string): Promise<Signer | undefined>
  /** The ids of all keys, in no particular order. */
  list(): Promise<readonly string[]>
  /** Destroys the key `id`; answers whether there was one. */
  remove(id: string): Promise<boolean>
  /** The types that `generate` can make. */
  readonly keyTypes: ReadonlySet<SigningKeyType>
}
