/** Hash functions by their usual names. `shake128` gives 32 octets, `shake256` 64 (RFC 8702 section 3.1). */
export type HashName =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-256'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'shake128'
  | 'shake256'

/** Parameter sets of ML-DSA (FIPS 204, RFC 9881). */
export type MlDsaName = 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'

/** Parameter sets of SLH-DSA (FIPS 205, RFC 9909). */
export type SlhDsaName =
  | 'slh-dsa-sha2-128s'
  | 'slh-dsa-sha2-128f'
  | 'slh-dsa-sha2-192s'
  | 'slh-dsa-sha2-192f'
  | 'slh-dsa-sha2-256s'
  | 'slh-dsa-sha2-256f'
  | 'slh-dsa-shake-128s'
  | 'slh-dsa-shake-128f'
  | 'slh-dsa-shake-192s'
  | 'slh-dsa-shake-192f'
  | 'slh-dsa-shake-256s'
  | 'slh-dsa-shake-256f'

/** Parameter sets of ML-KEM (FIPS 203, RFC 9935). */
export type MlKemName = 'ml-kem-512' | 'ml-kem-768' | 'ml-kem-1024'

/**
 * Signature algorithms by name; `./signatures.ts` holds the descriptor of each. An ECDSA name does not fix the curve,
 * an RSA name not the size: the key does.
 */
export type SignatureAlgorithmName =
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
  | 'ecdsa-sha3-256'
  | 'ecdsa-sha3-384'
  | 'ecdsa-sha3-512'
  | 'rsa-pkcs1-sha256'
  | 'rsa-pkcs1-sha384'
  | 'rsa-pkcs1-sha512'
  | 'rsa-pkcs1-sha3-256'
  | 'rsa-pkcs1-sha3-384'
  | 'rsa-pkcs1-sha3-512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'rsa-pss-sha3-256'
  | 'rsa-pss-sha3-384'
  | 'rsa-pss-sha3-512'
  | 'ed25519'
  | 'ed448'
  | MlDsaName
  | SlhDsaName

/** Signature algorithms whose hash no longer resists collisions: recognised, never made, verified only on request. */
export type BrokenSignatureAlgorithmName =
  | 'rsa-pkcs1-md5'
  | 'rsa-pkcs1-sha1'
  | 'rsa-pss-sha1'
  | 'ecdsa-sha1'
  | 'rsa-pkcs1-sha224'
  | 'ecdsa-sha224'

/** Symmetric ciphers for content. The last four are for reading what older programs wrote. */
export type CipherName =
  | 'aes-128-cbc'
  | 'aes-192-cbc'
  | 'aes-256-cbc'
  | 'aes-128-gcm'
  | 'aes-192-gcm'
  | 'aes-256-gcm'
  | 'aes-128-ccm'
  | 'aes-192-ccm'
  | 'aes-256-ccm'
  | 'chacha20-poly1305'
  | 'des-ede3-cbc'
  | 'des-cbc'
  | 'rc2-cbc'

/** Algorithms that encrypt a key under a key (RFC 3394, RFC 3217). */
export type KeyWrapName = 'aes-128-wrap' | 'aes-192-wrap' | 'aes-256-wrap' | 'des-ede3-wrap'

/** Encryption with an RSA key: RFC 8017 sections 7.1 and 7.2. */
export type RsaEncryption =
  | { readonly scheme: 'pkcs1' }
  | {
      readonly scheme: 'oaep'
      readonly hash: HashName
      /** The hash of the mask generation function MGF1. */
      readonly mgfHash: HashName
      /** The label L; empty as a rule. */
      readonly label: Uint8Array
    }
