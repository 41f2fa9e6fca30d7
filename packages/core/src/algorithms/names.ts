/** Hash functions by their usual names. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/**
 * Signature algorithms by name; `./signatures.ts` holds the descriptor of each. An ECDSA name does not fix the curve,
 * an RSA name not the size: the key does.
 */
export type SignatureAlgorithmName =
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
  | 'rsa-pkcs1-sha256'
  | 'rsa-pkcs1-sha384'
  | 'rsa-pkcs1-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'ed25519'
  | 'ed448'
