/**
 * One table per family of algorithms: OIDs, parameters, hashes and key rules. Nothing else in the packages switches on
 * an algorithm's OID.
 *
 * @module
 */
export type { HashName, SignatureAlgorithmName } from './names.js'
export {
  type CurveName,
  describePublicKey,
  type KeyTypeRule,
  keyTypeOf,
  keyTypeRule,
  keyTypes,
  type PublicKeyDescription,
} from './public-keys.js'
export {
  type KeyFamily,
  type SignatureAlgorithm,
  signatureAlgorithm,
  signatureAlgorithmIdentifier,
  signatureAlgorithmOf,
  signatureAlgorithms,
} from './signatures.js'
