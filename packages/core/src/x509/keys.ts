import {
  bitString,
  defaulted,
  explicit,
  type Infer,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  smallInteger,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'

/** SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7. */
export const SubjectPublicKeyInfo = sequence({
  algorithm: AlgorithmIdentifier,
  subjectPublicKey: bitString,
})
export type SubjectPublicKeyInfo = Infer<typeof SubjectPublicKeyInfo>

/** RSAPublicKey, RFC 8017 appendix A.1.1. */
export const RsaPublicKey = sequence({
  modulus: integer,
  publicExponent: integer,
})
export type RsaPublicKey = Infer<typeof RsaPublicKey>

/** ECParameters, RFC 5480 section 2.1.1: only `namedCurve`, as PKIX demands; the identifier of the curve. */
export const EcParameters = objectIdentifier
export type EcParameters = Infer<typeof EcParameters>

/** ECDSA-Sig-Value, RFC 3279 section 2.2.3. */
export const EcdsaSigValue = sequence({
  r: integer,
  s: integer,
})
export type EcdsaSigValue = Infer<typeof EcdsaSigValue>

/** ECPrivateKey, RFC 5915 section 3. */
export const EcPrivateKey = sequence({
  version: smallInteger,
  privateKey: octetString,
  parameters: optional(explicit(0, EcParameters)),
  publicKey: optional(explicit(1, bitString)),
})
export type EcPrivateKey = Infer<typeof EcPrivateKey>

const sha1Identifier: AlgorithmIdentifier = { algorithm: '1.3.14.3.2.26', parameters: nullValue.encode(null) }

/** RSASSA-PSS-params, RFC 4055 section 3.1. `saltLength` counts octets. */
export const RsassaPssParams = sequence({
  hashAlgorithm: defaulted(explicit(0, AlgorithmIdentifier), sha1Identifier),
  maskGenAlgorithm: defaulted(explicit(1, AlgorithmIdentifier), {
    algorithm: '1.2.840.113549.1.1.8',
    parameters: AlgorithmIdentifier.encode(sha1Identifier),
  }),
  saltLength: defaulted(explicit(2, smallInteger), 20),
  trailerField: defaulted(explicit(3, smallInteger), 1),
})
export type RsassaPssParams = Infer<typeof RsassaPssParams>
