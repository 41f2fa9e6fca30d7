import type { HashName, SignatureAlgorithmName } from '../algorithms/names.js'

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
   * a certificate: DER `ECDSA-Sig-Value` for ECDSA, octets for RSA and EdDSA.
   *
   * @throws CertwrightError `key` when the backend cannot sign.
   */
  sign(data: Uint8Array): Awaitable<Uint8Array>
}

/** The kinds of key a provider can make. */
export type KeyType =
  | 'ecdsa-p256'
  | 'ecdsa-p384'
  | 'ecdsa-p521'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'ed25519'
  | 'ed448'

/** A keystore: makes keys, finds them again by their id, destroys them. */
export interface KeyProvider {
  /**
   * Makes a key under `id` and has it durable before it returns. A crash leaves either the whole key or none.
   *
   * @throws CertwrightError `conflict` when `id` exists; `algorithm` when the provider cannot make this type.
   */
  generate(id: string, type: KeyType): Promise<Signer>
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
  readonly keyTypes: ReadonlySet<KeyType>
}

/** The public-key and hash primitives that need no private key. */
export interface CryptoBackend {
  /** The hash of `data`. */
  digest(algorithm: HashName, data: Uint8Array): Awaitable<Uint8Array>
  /**
   * Whether `signature` is the signature of `data` under the DER SubjectPublicKeyInfo `publicKey`. A malformed key or
   * signature answers false.
   */
  verify(
    algorithm: SignatureAlgorithmName,
    publicKey: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Awaitable<boolean>
  /** scrypt (RFC 7914); `cost` is N, a power of two. */
  scrypt(password: Uint8Array, salt: Uint8Array, options: ScryptOptions): Promise<Uint8Array>
  /** Whether two arrays are equal, in time that does not depend on where they differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean
}

/** Parameters of scrypt (RFC 7914 section 2). */
export interface ScryptOptions {
  /** CPU and memory cost N: a power of two, 2 to 2^20. */
  readonly cost: number
  /** Block size r, 1 to 32. */
  readonly blockSize: number
  /** Parallelization p, 1 to 16. */
  readonly parallelization: number
  /** Octets to derive, 1 to 64. */
  readonly length: number
}
