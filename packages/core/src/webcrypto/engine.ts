import { CertwrightError } from '../errors.js'

/** A key of a WebCrypto engine: opaque, and bound to one use. */
export interface WebCryptoKey {
  readonly type: string
  readonly algorithm: { readonly name: string }
}

/** What says which algorithm is meant, and its parameters. */
export interface WebCryptoAlgorithm {
  readonly name: string
  readonly [parameter: string]: unknown
}

/** A WebCrypto engine (W3C Web Cryptography API): `globalThis.crypto`, or a `Crypto` of `@peculiar/webcrypto`. */
export interface WebCryptoEngine {
  /** Its `SubtleCrypto`. Not typed further, because the types of the engines differ from each other. */
  readonly subtle: object
}

/** What we call of `SubtleCrypto`. */
export interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>
  importKey(
    format: 'raw' | 'spki',
    data: Uint8Array,
    algorithm: WebCryptoAlgorithm,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<WebCryptoKey>
  exportKey(format: 'raw' | 'spki', key: WebCryptoKey): Promise<ArrayBuffer>
  generateKey(
    algorithm: WebCryptoAlgorithm,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<{ readonly privateKey: WebCryptoKey; readonly publicKey: WebCryptoKey }>
  sign(algorithm: WebCryptoAlgorithm, key: WebCryptoKey, data: Uint8Array): Promise<ArrayBuffer>
  verify(algorithm: WebCryptoAlgorithm, key: WebCryptoKey, signature: Uint8Array, data: Uint8Array): Promise<boolean>
  encrypt(algorithm: WebCryptoAlgorithm, key: WebCryptoKey, data: Uint8Array): Promise<ArrayBuffer>
  decrypt(algorithm: WebCryptoAlgorithm, key: WebCryptoKey, data: Uint8Array): Promise<ArrayBuffer>
  deriveBits(algorithm: WebCryptoAlgorithm, key: WebCryptoKey, length: number): Promise<ArrayBuffer>
  wrapKey(format: 'raw', key: WebCryptoKey, wrappingKey: WebCryptoKey, algorithm: string): Promise<ArrayBuffer>
  unwrapKey(
    format: 'raw',
    wrapped: Uint8Array,
    wrappingKey: WebCryptoKey,
    algorithm: string,
    keyAlgorithm: WebCryptoAlgorithm,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<WebCryptoKey>
}

/** The part of an engine that does the work. */
export const subtleOf = ({ subtle }: WebCryptoEngine): Subtle => subtle as Subtle

/** What WebCrypto, or the engine at hand, does not have. */
export const notAvailable = (what: string, cause?: unknown): CertwrightError =>
  new CertwrightError('algorithm', `${what} is not available in this WebCrypto engine`, { cause })

/** Whatever was wrong, the answer is this one. */
export const cannotDecrypt = (cause?: unknown): CertwrightError =>
  new CertwrightError('decryption', 'the content cannot be decrypted with this key', { cause })

/** Whether an engine refused because it does not have the algorithm. */
export const isNotSupported = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'NotSupportedError' || /not supported|unsupported|unrecognized/i.test(error.message))

/** The octets of an answer. */
export const octets = (buffer: ArrayBuffer): Uint8Array => new Uint8Array(buffer)
