import type { DerivationLimits, HashName } from '../../algorithms/index.js'
import type { DecodeLimits } from '../../asn1/index.js'
import type { Awaitable, EncryptionBackend, RandomSource } from '../../ports/index.js'
import type { PasswordEncryptionOptions } from '../password-options.js'

/** What a PKCS #12 file holds, to write and as read. */
export interface Pkcs12Contents {
  readonly keys?: readonly Pkcs12Key[]
  /**
   * Certificates beside those of the keys. One that is also in a key's chain gives that certificate a name of its own,
   * or makes it trusted.
   */
  readonly certificates?: readonly Pkcs12Certificate[]
  /** DER of each CertificateList. */
  readonly crls?: readonly Uint8Array[]
  /** What else is kept secret, such as symmetric keys of Java. */
  readonly secrets?: readonly Pkcs12Secret[]
}

/** A private key and its certificates. */
export interface Pkcs12Key {
  /** DER of the PrivateKeyInfo (RFC 5958 section 2), in the clear. */
  readonly privateKey: Uint8Array
  /** DER of the key's own certificate first, then of its issuers upwards; none when there is no certificate. */
  readonly certificates?: readonly Uint8Array[]
  /** What people and Java know the key by. */
  readonly friendlyName?: string
  /** Links the key to its certificate; made from the certificate when absent. */
  readonly localKeyId?: Uint8Array
}

/** A certificate that belongs to no key of the file. */
export interface Pkcs12Certificate {
  /** DER of the Certificate. */
  readonly certificate: Uint8Array
  readonly friendlyName?: string
  /** Java takes the certificate for a trust anchor: the attribute trustedKeyUsage of Oracle. */
  readonly trusted?: boolean
}

/** A secret of a type of its own (RFC 7292 section 4.2.5). */
export interface Pkcs12Secret {
  /** Object identifier of the type. */
  readonly type: string
  /** The whole element that the type describes. */
  readonly value: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
}

/** What a PKCS #12 file that was read holds; nothing is absent. */
export interface Pkcs12 {
  readonly keys: readonly (Pkcs12Key & { readonly certificates: readonly Uint8Array[] })[]
  /** Certificates of no key; and those of a key's issuers that have a name or are trusted. In the order of the file. */
  readonly certificates: readonly Pkcs12Certificate[]
  readonly crls: readonly Uint8Array[]
  readonly secrets: readonly Pkcs12Secret[]
}

/** What PKCS #12 needs from outside. */
export interface Pkcs12Deps {
  readonly crypto: EncryptionBackend
  /** Salts and initialization vectors. */
  readonly random: RandomSource
  /**
   * The DER SubjectPublicKeyInfo of a DER PrivateKeyInfo, for keys that do not carry it themselves (Ed25519, ML-DSA),
   * such as `async (der) => (await openPrivateKey(der)).publicKey`. Without it they find their certificate by
   * localKeyID alone. Where it throws a CertwrightError, the public key counts as unknown.
   */
  readonly publicKeyOf?: (privateKeyInfo: Uint8Array) => Awaitable<Uint8Array>
}

/** How a PKCS #12 file is protected. */
export interface Pkcs12Options {
  /** Default: PBES2 with PBKDF2-HMAC-SHA256, 100,000 iterations, and AES-256-CBC. */
  readonly encryption?: PasswordEncryptionOptions
  readonly mac?: Pkcs12MacOptions
  /**
   * For devices and programs that read nothing newer, such as older releases of Windows, macOS, iOS and Android: triple
   * DES and a SHA-1 MAC, 10,000 iterations. An attacker who has the file has little work with a weak password: choose a
   * long random one. Goes with neither `encryption` nor `mac`.
   */
  readonly legacy?: boolean
}

/** How the whole file is authenticated. */
export interface Pkcs12MacOptions {
  /** `pkcs12` (default): HMAC as RFC 7292 has it; `pbmac1`: RFC 9579, which OpenSSL reads from 3.4 on. */
  readonly kind?: 'pkcs12' | 'pbmac1'
  /** Default `sha256`. */
  readonly hash?: HashName
  /** Default 100,000. With `pkcs12` at most 1,000,000; the default is a tenth of a second of this process. */
  readonly iterations?: number
}

/** How a PKCS #12 file is read. */
export interface Pkcs12ReadOptions {
  /** `false` also accepts files without MAC, in which anybody can have changed what is not encrypted. Default `true`. */
  readonly requireMac?: boolean
  readonly limits?: Pkcs12Limits
}

/** Bounds of the work that a file may ask for. All its derivations together may ask for four times what one may. */
export interface Pkcs12Limits extends DecodeLimits, DerivationLimits {
  /** Bags of all kinds. Default 10,000. */
  readonly maxBags?: number
}
