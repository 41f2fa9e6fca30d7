import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { AlgorithmIdentifier, RsassaPssParams } from '../x509/index.js'
import type { HashName } from './names.js'

const hashes: ReadonlyMap<HashName, { readonly oid: string; readonly length: number }> = new Map([
  ['sha256', { oid: '2.16.840.1.101.3.4.2.1', length: 32 }],
  ['sha384', { oid: '2.16.840.1.101.3.4.2.2', length: 48 }],
  ['sha512', { oid: '2.16.840.1.101.3.4.2.3', length: 64 }],
])
const mgf1 = '1.2.840.113549.1.1.8'

/** DER RSASSA-PSS-params for a hash: MGF1 with the same hash, salt as long as the hash (RFC 4055 section 3.1). */
export function pssParameters(name: HashName): Uint8Array {
  const hash = hashes.get(name)
  if (hash === undefined) throw new CertwrightError('algorithm', `RSASSA-PSS with ${name} is not supported`)
  return RsassaPssParams.encode({
    hashAlgorithm: { algorithm: hash.oid },
    maskGenAlgorithm: { algorithm: mgf1, parameters: AlgorithmIdentifier.encode({ algorithm: hash.oid }) },
    saltLength: hash.length,
    trailerField: 1,
  })
}

/**
 * Whether DER parameters mean the same as `pssParameters(name)`. A hash identifier may come with NULL or without
 * parameters (RFC 4055 section 2.1).
 */
export function isPssParameters(der: Uint8Array, name: HashName): boolean {
  const hash = hashes.get(name)
  if (hash === undefined) return false
  try {
    const { hashAlgorithm, maskGenAlgorithm, saltLength, trailerField } = RsassaPssParams.decode(der)
    return (
      isHash(hashAlgorithm, hash.oid) &&
      maskGenAlgorithm.algorithm === mgf1 &&
      maskGenAlgorithm.parameters !== undefined &&
      isHash(AlgorithmIdentifier.decode(maskGenAlgorithm.parameters), hash.oid) &&
      saltLength === hash.length &&
      trailerField === 1
    )
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

const isHash = ({ algorithm, parameters }: AlgorithmIdentifier, oid: string): boolean =>
  algorithm === oid && (parameters === undefined || (parameters.length === 2 && parameters[0] === 0x05))
