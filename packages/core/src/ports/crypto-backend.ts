import type {
  BrokenSignatureAlgorithmName,
  CipherName,
  HashName,
  KeyWrapName,
  RsaEncryption,
  SignatureAlgorithmName,
} from '../algorithms/names.js'
import type { Awaitable } from './signer.js'

/** The public-key and hash primitives that need no private key. */
export interface CryptoBackend {
  /** The hash of `data`. */
  digest(algorithm: HashName, data: Uint8Array): Awaitable<Uint8Array>
  /** A hash that takes its data in parts, for content that is not held in memory. */
  createDigest(algorithm: HashName): IncrementalDigest
  /**
   * Whether `signature` is the signature of `data` under the DER SubjectPublicKeyInfo `publicKey`. A malformed key or
   * signature answers false. Broken algorithms are verified as well: whoever calls has decided to.
   */
  verify(
    algorithm: SignatureAlgorithmName | BrokenSignatureAlgorithmName,
    publicKey: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
    options?: VerifyOptions,
  ): Awaitable<boolean>
  /** scrypt (RFC 7914); `cost` is N, a power of two. */
  scrypt(password: Uint8Array, salt: Uint8Array, options: ScryptOptions): Promise<Uint8Array>
  /** Whether two arrays are equal, in time that does not depend on where they differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean
}

/** A hash under way. */
export interface IncrementalDigest {
  update(data: Uint8Array): void
  /** The hash of all that was given; call it once. */
  digest(): Awaitable<Uint8Array>
}

/** What `verify` takes beside the key. */
export interface VerifyOptions {
  /** Octets of salt; only for RSASSA-PSS, where it is the length of the hash when absent. */
  readonly saltLength?: number
}

/** Parameters of scrypt (RFC 7914 section 2). */
export interface ScryptOptions {
  /** CPU and memory cost N: a power of two, 2 to 2^20. */
  readonly cost: number
  /** Block size r, 1 to 32. */
  readonly blockSize: number
  /** Parallelization p, at least 1. */
  readonly parallelization: number
  /** Octets to derive, 1 to 1024. */
  readonly length: number
}

/** Parameters of PBKDF2 (RFC 8018 section 5.2). */
export interface Pbkdf2Options {
  /** The hash of the HMAC. */
  readonly hash: HashName
  /** At least 1. */
  readonly iterations: number
  /** Octets to derive, 1 to 1024. */
  readonly length: number
}

/** Parameters of a content cipher. */
export interface CipherOptions {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  /** Octets of the authentication tag, 16 when absent; only for authenticated ciphers. */
  readonly tagLength?: number
  /** What is authenticated but not encrypted; only for authenticated ciphers. */
  readonly additionalData?: Uint8Array
}

/** What is sent, and the secret that only the holder of the private key can make of it. */
export interface Encapsulation {
  /** The ciphertext of a KEM, or the DER SubjectPublicKeyInfo of an ephemeral key. */
  readonly sent: Uint8Array
  readonly secret: Uint8Array
}

/** What encryption needs: ciphers, key derivation, and the sender's side of public-key encryption. */
export interface EncryptionBackend extends CryptoBackend {
  /** HMAC (RFC 2104). */
  hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Awaitable<Uint8Array>
  /** PBKDF2 with HMAC. */
  pbkdf2(password: Uint8Array, salt: Uint8Array, options: Pbkdf2Options): Promise<Uint8Array>
  /**
   * The hash of `data`, then the hash of that, `iterations` (at least 1) times in all, while others can run in between:
   * what the password derivations of old do. Where a backend does not have it, `digest` is called as often, which is
   * slower and keeps the event loop busy.
   */
  readonly digestRepeatedly?: (algorithm: HashName, data: Uint8Array, iterations: number) => Promise<Uint8Array>
  /**
   * Encrypts. CBC modes pad as RFC 5652 section 6.3 says; authenticated ciphers end in their tag. Legacy ciphers are
   * for tests and old readers only.
   *
   * @throws CertwrightError `algorithm` when the backend does not have the cipher.
   */
  encrypt(cipher: CipherName, options: CipherOptions, data: Uint8Array): Awaitable<Uint8Array>
  /**
   * Decrypts what `encrypt` gives.
   *
   * @throws CertwrightError `decryption` when padding or tag are wrong; `algorithm` when the backend does not have the
   * cipher.
   */
  decrypt(cipher: CipherName, options: CipherOptions, data: Uint8Array): Awaitable<Uint8Array>
  /** Wraps a key under a key (RFC 3394). */
  wrapKey(wrap: KeyWrapName, wrappingKey: Uint8Array, key: Uint8Array): Awaitable<Uint8Array>
  /**
   * Unwraps what `wrapKey` gives.
   *
   * @throws CertwrightError `decryption` when the integrity check fails.
   */
  unwrapKey(wrap: KeyWrapName, wrappingKey: Uint8Array, wrapped: Uint8Array): Awaitable<Uint8Array>
  /**
   * Encrypts to an RSA key (RFC 8017 section 7).
   *
   * @throws CertwrightError `algorithm` when the key is not an RSA key or too short for the data.
   */
  encryptRsa(encryption: RsaEncryption, publicKey: Uint8Array, data: Uint8Array): Awaitable<Uint8Array>
  /**
   * Makes an ephemeral key on the curve of `publicKey` and agrees with it on a secret: ECDH or X25519, X448.
   *
   * @throws CertwrightError `algorithm` when the key is of another kind.
   */
  agree(publicKey: Uint8Array): Awaitable<Encapsulation>
  /**
   * Encapsulates a fresh secret to an ML-KEM key (FIPS 203 section 7.2).
   *
   * @throws CertwrightError `algorithm` when the key is of another kind.
   */
  encapsulate(publicKey: Uint8Array): Awaitable<Encapsulation>
}
