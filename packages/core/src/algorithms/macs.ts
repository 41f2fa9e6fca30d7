import { CertwrightError } from '../errors.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import type { HashName } from './names.js'
import { derNull, isWithoutParameters } from './parameters.js'

/** HMAC with each hash: RFC 8018 appendix B.1.2, RFC 9688 section 5; hmac-SHA1 by either of its names. */
const hmacs: readonly (readonly [oid: string, hash: HashName])[] = [
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
  ['1.2.840.113549.2.13', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.13', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.14', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.15', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.16', 'sha3-512'],
  ['1.3.6.1.5.5.8.1.2', 'sha1'],
]

/** The AlgorithmIdentifier of HMAC with a hash; parameters NULL (RFC 8018 appendix B.1). */
export function hmacIdentifier(hash: HashName): AlgorithmIdentifier {
  const oid = hmacs.find((row) => row[1] === hash)?.[0]
  if (oid === undefined) throw new CertwrightError('algorithm', `HMAC with ${hash} has no identifier`)
  return { algorithm: oid, parameters: derNull }
}

/**
 * The hash of the HMAC that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown or has parameters.
 */
export function hmacHashOf(identifier: AlgorithmIdentifier): HashName {
  const hash = hmacs.find(([oid]) => oid === identifier.algorithm)?.[1]
  if (hash === undefined || !isWithoutParameters(identifier)) {
    throw new CertwrightError('algorithm', `message authentication code ${identifier.algorithm} is not supported`)
  }
  return hash
}
