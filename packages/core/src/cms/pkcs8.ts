import { bitString, type Infer, implicit, octetString, optional, sequence, setOf, smallInteger } from '../asn1/index.js'
import { AlgorithmIdentifier } from '../x509/algorithm-identifier.js'
import { Attribute } from '../x509/attribute.js'

/** PrivateKeyInfo (OneAsymmetricKey), RFC 5958 section 2. `version` is 1 when `publicKey` is there, else 0. */
export const PrivateKeyInfo = sequence({
  version: smallInteger,
  privateKeyAlgorithm: AlgorithmIdentifier,
  privateKey: octetString,
  attributes: optional(implicit(0, setOf(Attribute))),
  publicKey: optional(implicit(1, bitString)),
})
export type PrivateKeyInfo = Infer<typeof PrivateKeyInfo>

/** EncryptedPrivateKeyInfo, RFC 5958 section 3. */
export const EncryptedPrivateKeyInfo = sequence({
  encryptionAlgorithm: AlgorithmIdentifier,
  encryptedData: octetString,
})
export type EncryptedPrivateKeyInfo = Infer<typeof EncryptedPrivateKeyInfo>

export { Pbes2Parameters, Pbkdf2Parameters, ScryptParameters } from '../algorithms/index.js'
