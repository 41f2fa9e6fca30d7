import {
  bitString,
  choice,
  defaulted,
  type Infer,
  implicit,
  integer,
  nullValue,
  octetString,
  optional,
  sequence,
  setOf,
  smallInteger,
} from '../asn1/index.js'
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

/** PBES2-params, RFC 8018 appendix A.4. */
export const Pbes2Parameters = sequence({
  keyDerivationFunc: AlgorithmIdentifier,
  encryptionScheme: AlgorithmIdentifier,
})
export type Pbes2Parameters = Infer<typeof Pbes2Parameters>

/** PBKDF2-params, RFC 8018 appendix A.2. */
export const Pbkdf2Parameters = sequence({
  salt: choice({ specified: octetString, otherSource: AlgorithmIdentifier }),
  iterationCount: integer,
  keyLength: optional(integer),
  prf: defaulted(AlgorithmIdentifier, { algorithm: '1.2.840.113549.2.7', parameters: nullValue.encode(null) }),
})
export type Pbkdf2Parameters = Infer<typeof Pbkdf2Parameters>

/** scrypt-params, RFC 7914 section 7.1. */
export const ScryptParameters = sequence({
  salt: octetString,
  costParameter: integer,
  blockSize: integer,
  parallelizationParameter: integer,
  keyLength: optional(integer),
})
export type ScryptParameters = Infer<typeof ScryptParameters>
