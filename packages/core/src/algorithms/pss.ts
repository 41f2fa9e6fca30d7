import { Asn1Error } from '../asn1/index.js'
import { AlgorithmIdentifier, RsassaPssParams } from '../x509/index.js'
import { hashAlgorithm, hashAlgorithmIdentifier, hashAlgorithmOf } from './hashes.js'
import type { HashName } from './names.js'

/** id-mgf1 (RFC 8017 appendix A.2.1). */
export const mgf1 = '1.2.840.113549.1.1.8'

/** The longest salt that an RSA key of 16384 bits has room for, in octets. */
const maxSaltLength = 2048

/** DER RSASSA-PSS-params for a hash: MGF1 with the same hash, salt as long as the hash (RFC 4055 section 3.1). */
export function pssParameters(name: HashName): Uint8Array {
  const hash = hashAlgorithmIdentifier(name)
  return RsassaPssParams.encode({
    hashAlgorithm: hash,
    maskGenAlgorithm: { algorithm: mgf1, parameters: AlgorithmIdentifier.encode(hash) },
    saltLength: hashAlgorithm(name).length,
    trailerField: 1,
  })
}

/**
 * The hash and the salt length, in octets, that DER RSASSA-PSS-params give; `undefined` when they are malformed, ask for
 * another mask generation function than MGF1 with the same hash, or for a hash that is not known.
 */
export function readPssParameters(der: Uint8Array): { hash: HashName; saltLength: number } | undefined {
  try {
    const { hashAlgorithm: digest, maskGenAlgorithm, saltLength, trailerField } = RsassaPssParams.decode(der)
    const hash = hashAlgorithmOf(digest)
    if (maskGenAlgorithm.algorithm !== mgf1 || maskGenAlgorithm.parameters === undefined) return undefined
    if (hashAlgorithmOf(AlgorithmIdentifier.decode(maskGenAlgorithm.parameters)) !== hash) return undefined
    return trailerField === 1 && saltLength >= 0 && saltLength <= maxSaltLength ? { hash, saltLength } : undefined
  } catch (error) {
    if (error instanceof Asn1Error || isUnknownHash(error)) return undefined
    throw error
  }
}

const isUnknownHash = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'algorithm'
