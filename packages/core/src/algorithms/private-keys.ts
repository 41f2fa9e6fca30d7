import {
  Asn1Error,
  type BitString,
  type Infer,
  integer,
  optional,
  sequence,
  sequenceOf,
  smallInteger,
} from '../asn1/index.js'
import { type AlgorithmIdentifier, EcPrivateKey, RsaPublicKey } from '../x509/index.js'

const rsaOids: readonly string[] = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']
const ecOid = '1.2.840.10045.2.1'

/** RSAPrivateKey, RFC 8017 appendix A.1.2. */
export const RsaPrivateKey = sequence({
  version: smallInteger,
  modulus: integer,
  publicExponent: integer,
  privateExponent: integer,
  prime1: integer,
  prime2: integer,
  exponent1: integer,
  exponent2: integer,
  coefficient: integer,
  otherPrimeInfos: optional(
    sequenceOf(sequence({ prime: integer, exponent: integer, coefficient: integer }), { min: 1 }),
  ),
})
export type RsaPrivateKey = Infer<typeof RsaPrivateKey>

/** What of a PrivateKeyInfo (RFC 5958 section 2) tells its public key. */
export interface PrivateKeyParts {
  readonly privateKeyAlgorithm: AlgorithmIdentifier
  readonly privateKey: Uint8Array
  readonly publicKey?: BitString | undefined
}

/**
 * The octets of the subjectPublicKey that a private key carries beside its secret: RSA keys always, elliptic curve keys
 * nearly always, others when the PrivateKeyInfo has a `publicKey`. `undefined` when there is none or it is malformed.
 */
export function subjectPublicKeyInside(parts: PrivateKeyParts): Uint8Array | undefined {
  if (parts.publicKey !== undefined) return parts.publicKey.bytes
  const { algorithm } = parts.privateKeyAlgorithm
  try {
    if (algorithm === ecOid) return EcPrivateKey.decode(parts.privateKey, { encoding: 'ber' }).publicKey?.bytes
    if (!rsaOids.includes(algorithm)) return undefined
    const { modulus, publicExponent } = RsaPrivateKey.decode(parts.privateKey, { encoding: 'ber' })
    return RsaPublicKey.encode({ modulus, publicExponent })
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}
