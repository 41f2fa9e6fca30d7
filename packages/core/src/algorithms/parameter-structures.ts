import {
  choice,
  defaulted,
  explicit,
  type Infer,
  integer,
  octetString,
  optional,
  sequence,
  smallInteger,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from '../x509/index.js'
import { derNull } from './parameters.js'

const sha1: AlgorithmIdentifier = { algorithm: '1.3.14.3.2.26', parameters: derNull }
const hmacWithSha1: AlgorithmIdentifier = { algorithm: '1.2.840.113549.2.7', parameters: derNull }

/** GCMParameters and CCMParameters, RFC 5084 section 3: the nonce and the octets of the authentication tag. */
export const AeadParameters = sequence({
  nonce: octetString,
  icvLen: defaulted(smallInteger, 12),
})
export type AeadParameters = Infer<typeof AeadParameters>

/** RC2CBCParameter, RFC 8018 appendix B.2.3: the version stands for the effective key bits (160: 40, 120: 64, 58: 128). */
export const Rc2CbcParameter = choice({
  ivOnly: octetString,
  versioned: sequence({ rc2ParameterVersion: optional(smallInteger), iv: octetString }),
})
export type Rc2CbcParameter = Infer<typeof Rc2CbcParameter>

/** PBKDF2-params, RFC 8018 appendix A.2. */
export const Pbkdf2Parameters = sequence({
  salt: choice({ specified: octetString, otherSource: AlgorithmIdentifier }),
  iterationCount: integer,
  keyLength: optional(integer),
  prf: defaulted(AlgorithmIdentifier, hmacWithSha1),
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

/** PBEParameter (RFC 8018 appendix A.3) and pkcs-12PbeParams (RFC 7292 appendix C). */
export const PbeParameters = sequence({
  salt: octetString,
  iterationCount: integer,
})
export type PbeParameters = Infer<typeof PbeParameters>

/** PBES2-params, RFC 8018 appendix A.4. */
export const Pbes2Parameters = sequence({
  keyDerivationFunc: AlgorithmIdentifier,
  encryptionScheme: AlgorithmIdentifier,
})
export type Pbes2Parameters = Infer<typeof Pbes2Parameters>

/** PBMAC1-params, RFC 8018 appendix A.5. */
export const Pbmac1Parameters = sequence({
  keyDerivationFunc: AlgorithmIdentifier,
  messageAuthScheme: AlgorithmIdentifier,
})
export type Pbmac1Parameters = Infer<typeof Pbmac1Parameters>

/** RSAES-OAEP-params, RFC 4055 section 4.1. */
export const RsaesOaepParameters = sequence({
  hashAlgorithm: defaulted(explicit(0, AlgorithmIdentifier), sha1),
  maskGenAlgorithm: defaulted(explicit(1, AlgorithmIdentifier), {
    algorithm: '1.2.840.113549.1.1.8',
    parameters: AlgorithmIdentifier.encode(sha1),
  }),
  pSourceAlgorithm: defaulted(explicit(2, AlgorithmIdentifier), {
    algorithm: '1.2.840.113549.1.1.9',
    parameters: octetString.encode(new Uint8Array(0)),
  }),
})
export type RsaesOaepParameters = Infer<typeof RsaesOaepParameters>

/** ECC-CMS-SharedInfo, RFC 5753 section 7.2: what goes into the key derivation beside the shared secret. */
export const EccCmsSharedInfo = sequence({
  keyInfo: AlgorithmIdentifier,
  entityUInfo: optional(explicit(0, octetString)),
  suppPubInfo: explicit(2, octetString),
})
export type EccCmsSharedInfo = Infer<typeof EccCmsSharedInfo>

/** CMSORIforKEMOtherInfo, RFC 9629 section 5. */
export const CmsOriForKemOtherInfo = sequence({
  wrap: AlgorithmIdentifier,
  kekLength: smallInteger,
  ukm: optional(explicit(0, octetString)),
})
export type CmsOriForKemOtherInfo = Infer<typeof CmsOriForKemOtherInfo>
