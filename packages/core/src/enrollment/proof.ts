import { describePublicKey, signatureAlgorithm, signatureSchemeOf } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import type { Rejection } from './rejection.js'
import type { EnrollmentRequest } from './types.js'

/** NIST SP 800-131A revision 2: below this, RSA is broken for every use. */
const minRsaBits = 2048

/**
 * Checks the key and the proof that the requester holds its private half.
 *
 * @returns `undefined` when both hold
 */
export async function checkProof(
  crypto: CryptoBackend,
  { publicKey, proof }: Pick<EnrollmentRequest, 'publicKey' | 'proof'>,
): Promise<Rejection | undefined> {
  try {
    const key = describePublicKey(publicKey)
    if (key.family === 'rsa' && key.bits < minRsaBits) {
      return { code: 'weak-key', reason: `the RSA key has ${key.bits} bits; at least ${minRsaBits} are needed` }
    }
    const { name, ...options } = signatureSchemeOf(proof.algorithm)
    if (signatureAlgorithm(name).family !== key.family) {
      return { code: 'bad-proof', reason: `a signature by ${name} cannot be made with an ${key.family} key` }
    }
    if (await crypto.verify(name, publicKey, proof.data, proof.signature, options)) return undefined
    return { code: 'bad-proof', reason: 'the signature of the request does not verify under its public key' }
  } catch (error) {
    if (error instanceof CertwrightError && (error.code === 'algorithm' || error.code === 'asn1')) {
      return { code: 'bad-request', reason: error.message }
    }
    throw error
  }
}
